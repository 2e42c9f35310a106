import type { MigrationInterface, QueryRunner } from 'typeorm';
import { timestampType } from '../src/infra/database/column-types';
import { createTable, idColumnOf } from '../src/infra/database/migration-tools';

export class CreateAccount1761000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'account',
      columns: [
        { ...idColumnOf(), primaryKeyConstraintName: 'pk_account' },
        { name: 'username', type: 'varchar', length: '150' },
        { name: 'username_key', type: 'varchar', length: '150' },
        { name: 'email', type: 'varchar', length: '254' },
        { name: 'email_key', type: 'varchar', length: '254' },
        { name: 'password_hash', type: 'varchar', length: '255', isNullable: true },
        { name: 'first_name', type: 'varchar', length: '150', default: "''" },
        { name: 'last_name', type: 'varchar', length: '150', default: "''" },
        { name: 'birth_date', type: 'date', isNullable: true },
        { name: 'bio', type: 'varchar', length: '2000', default: "''" },
        { name: 'profile_pic', type: 'varchar', length: '500', default: "''" },
        { name: 'time_zone', type: 'varchar', length: '64', default: "'UTC'" },
        { name: 'is_creator', type: 'boolean', default: false },
        { name: 'is_private', type: 'boolean', default: false },
        { name: 'roles', type: 'varchar', length: '100', default: "''" },
        { name: 'is_active', type: 'boolean', default: true },
        { name: 'email_verified_at', type: timestampType, precision: 3, isNullable: true },
        { name: 'last_login_at', type: timestampType, precision: 3, isNullable: true },
        { name: 'created_at', type: timestampType, precision: 3 },
        { name: 'updated_at', type: timestampType, precision: 3 },
      ],
      // Signing in by username or e-mail, and nobody having what somebody else has.
      indices: [
        { name: 'uq_account_username_key', columnNames: ['username_key'], isUnique: true },
        { name: 'uq_account_email_key', columnNames: ['email_key'], isUnique: true },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('account');
  }
}
