import type { MigrationInterface, QueryRunner } from 'typeorm';
import { timestampType } from '../src/infra/database/column-types';
import { createTable, idColumnOf } from '../src/infra/database/migration-tools';

export class CreatePasswordReset1761000010001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'password_reset',
      columns: [
        { ...idColumnOf(), primaryKeyConstraintName: 'pk_password_reset' },
        { name: 'account_id', type: 'bigint' },
        { name: 'token_hash', type: 'varchar', length: '64' },
        { name: 'password_mark', type: 'varchar', length: '64' },
        { name: 'expires_at', type: timestampType, precision: 3 },
        { name: 'created_at', type: timestampType, precision: 3 },
      ],
      indices: [
        // Following the link.
        { name: 'uq_password_reset_token_hash', columnNames: ['token_hash'], isUnique: true },
        // How many were mailed to an account lately.
        { name: 'ix_password_reset_account', columnNames: ['account_id', 'created_at'] },
        // Deleting what ran out.
        { name: 'ix_password_reset_expires', columnNames: ['expires_at'] },
      ],
      foreignKeys: [
        {
          name: 'fk_password_reset_account',
          columnNames: ['account_id'],
          referencedTableName: 'account',
          referencedColumnNames: ['id'],
          onDelete: 'CASCADE',
        },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('password_reset');
  }
}
