import type { MigrationInterface, QueryRunner } from 'typeorm';
import { timestampType } from '../src/infra/database/column-types';
import { createTable, idColumnOf } from '../src/infra/database/migration-tools';

export class CreateAuthSession1761000001000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'auth_session',
      columns: [
        { ...idColumnOf(), primaryKeyConstraintName: 'pk_auth_session' },
        { name: 'account_id', type: 'bigint' },
        { name: 'kind', type: 'varchar', length: '8' },
        { name: 'key_hash', type: 'varchar', length: '64', isNullable: true },
        { name: 'token_hash', type: 'varchar', length: '64', isNullable: true },
        { name: 'rotations', type: 'varchar', length: '80', default: "''" },
        { name: 'ip', type: 'varchar', length: '45' },
        { name: 'user_agent', type: 'varchar', length: '255' },
        { name: 'created_at', type: timestampType, precision: 3 },
        { name: 'last_used_at', type: timestampType, precision: 3 },
        { name: 'expires_at', type: timestampType, precision: 3 },
        { name: 'ended_at', type: timestampType, precision: 3, isNullable: true },
        { name: 'end_reason', type: 'varchar', length: '24', isNullable: true },
      ],
      indices: [
        // `Authorization: Token <key>`.
        { name: 'uq_auth_session_key_hash', columnNames: ['key_hash'], isUnique: true },
        // The session list, ending all of an account, and whether a device was seen before.
        { name: 'ix_auth_session_account', columnNames: ['account_id'] },
        // What every instance asks every second: which sessions ended lately.
        { name: 'ix_auth_session_ended', columnNames: ['ended_at'] },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('auth_session');
  }
}
