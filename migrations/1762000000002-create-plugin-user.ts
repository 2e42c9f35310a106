import type { MigrationInterface, QueryRunner } from 'typeorm';
import { longTextType, timestampType } from '../src/infra/database/column-types';
import { createTable } from '../src/infra/database/migration-tools';

export class CreatePluginUser1762000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'plugin_user',
      columns: [
        {
          name: 'id',
          type: 'bigint',
          isPrimary: true,
          isGenerated: true,
          generationStrategy: 'increment',
          primaryKeyConstraintName: 'pk_plugin_user',
        },
        { name: 'plugin_id', type: 'bigint' },
        { name: 'sefaria_id', type: 'varchar', length: '19' },
        { name: 'name', type: 'varchar', length: '255', isNullable: true },
        { name: 'data', type: longTextType },
        { name: 'created_at', type: timestampType, precision: 3 },
        { name: 'updated_at', type: timestampType, precision: 3 },
      ],
      // Every request on /plugin_user/ goes by it; of two first calls at once, one wins.
      uniques: [{ name: 'uq_plugin_user_sefaria_id', columnNames: ['plugin_id', 'sefaria_id'] }],
      foreignKeys: [
        {
          name: 'fk_plugin_user_plugin',
          columnNames: ['plugin_id'],
          referencedTableName: 'plugin',
          referencedColumnNames: ['id'],
        },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('plugin_user');
  }
}
