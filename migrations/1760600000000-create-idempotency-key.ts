import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, longText, primaryId, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateIdempotencyKey1760600000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'idempotency_key',
      columns: [
        primaryId('idempotency_key'),
        varchar('scope', 64),
        varchar('claim', 32),
        varchar('fingerprint', 255),
        longText('answer', { isNullable: true }),
        instant('leased_until'),
        instant('expires_at'),
      ],
      // Of requests that come at once one claims the key.
      uniques: [{ name: 'uq_idempotency_key_scope', columnNames: ['scope'] }],
      // The sweep.
      indices: [{ name: 'ix_idempotency_key_expires', columnNames: ['expires_at'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('idempotency_key');
  }
}
