import type { MigrationInterface, QueryRunner } from 'typeorm';
import { longTextType, timestampType } from '../src/infra/database/column-types';
import { createTable, idColumnOf } from '../src/infra/database/migration-tools';

export class CreateEncryptionKey1761000002000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'encryption_key',
      columns: [
        { ...idColumnOf(), primaryKeyConstraintName: 'pk_encryption_key' },
        { name: 'generation', type: 'int' },
        { name: 'kid', type: 'varchar', length: '43' },
        { name: 'public_jwk', type: longTextType },
        { name: 'private_key', type: longTextType },
        { name: 'created_at', type: timestampType, precision: 3 },
        { name: 'retired_at', type: timestampType, precision: 3, isNullable: true },
      ],
      indices: [
        // Of two instances that make the same generation at once, one wins and both use its key.
        { name: 'uq_encryption_key_generation', columnNames: ['generation'], isUnique: true },
        { name: 'uq_encryption_key_kid', columnNames: ['kid'], isUnique: true },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('encryption_key');
  }
}
