import type { MigrationInterface, QueryRunner } from 'typeorm';
import { timestampType } from '../src/infra/database/column-types';
import { createTable } from '../src/infra/database/migration-tools';

export class CreatePluginKey1762000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'plugin_key',
      columns: [
        {
          name: 'id',
          type: 'bigint',
          isPrimary: true,
          isGenerated: true,
          generationStrategy: 'increment',
          primaryKeyConstraintName: 'pk_plugin_key',
        },
        { name: 'plugin_id', type: 'bigint' },
        { name: 'fingerprint', type: 'varchar', length: '16' },
        { name: 'secret', type: 'varchar', length: '255', isNullable: true },
        { name: 'created_at', type: timestampType, precision: 3 },
        { name: 'last_used_at', type: timestampType, precision: 3, isNullable: true },
      ],
      // Also finds the keys of a plugin.
      uniques: [{ name: 'uq_plugin_key_fingerprint', columnNames: ['plugin_id', 'fingerprint'] }],
      foreignKeys: [
        {
          name: 'fk_plugin_key_plugin',
          columnNames: ['plugin_id'],
          referencedTableName: 'plugin',
          referencedColumnNames: ['id'],
        },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('plugin_key');
  }
}
