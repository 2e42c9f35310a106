import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, primaryId, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateGuestClaim1768000000032 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'guest_claim',
      columns: [
        primaryId('guest_claim'),
        varchar('email_key', 254),
        varchar('key_hash', 64),
        instant('expires_at'),
        instant('created_at'),
      ],
      uniques: [{ name: 'uq_guest_claim_key_hash', columnNames: ['key_hash'] }],
      indices: [
        // How many went to a mailbox lately.
        { name: 'ix_guest_claim_email', columnNames: ['email_key', 'id'] },
        { name: 'ix_guest_claim_expires', columnNames: ['expires_at'] },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('guest_claim');
  }
}
