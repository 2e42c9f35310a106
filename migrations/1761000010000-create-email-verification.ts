import type { MigrationInterface, QueryRunner } from 'typeorm';
import { timestampType } from '../src/infra/database/column-types';
import { createTable, idColumnOf } from '../src/infra/database/migration-tools';

export class CreateEmailVerification1761000010000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'email_verification',
      columns: [
        { ...idColumnOf(), primaryKeyConstraintName: 'pk_email_verification' },
        { name: 'account_id', type: 'bigint' },
        { name: 'key_hash', type: 'varchar', length: '64' },
        { name: 'code_hash', type: 'varchar', length: '64' },
        { name: 'code_attempts', type: 'int' },
        { name: 'code_expires_at', type: timestampType, precision: 3 },
        { name: 'expires_at', type: timestampType, precision: 3 },
        { name: 'created_at', type: timestampType, precision: 3 },
      ],
      indices: [
        // Following the link.
        { name: 'uq_email_verification_key_hash', columnNames: ['key_hash'], isUnique: true },
        // The newest mail of an account: its code, and whether another may be sent.
        { name: 'ix_email_verification_account', columnNames: ['account_id', 'id'] },
        // Deleting what ran out.
        { name: 'ix_email_verification_expires', columnNames: ['expires_at'] },
      ],
      foreignKeys: [
        {
          name: 'fk_email_verification_account',
          columnNames: ['account_id'],
          referencedTableName: 'account',
          referencedColumnNames: ['id'],
          onDelete: 'CASCADE',
        },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('email_verification');
  }
}
