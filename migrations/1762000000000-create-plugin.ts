import type { MigrationInterface, QueryRunner } from 'typeorm';
import { longTextType, timestampType } from '../src/infra/database/column-types';
import { createTable } from '../src/infra/database/migration-tools';

export class CreatePlugin1762000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'plugin',
      columns: [
        {
          name: 'id',
          type: 'bigint',
          isPrimary: true,
          isGenerated: true,
          generationStrategy: 'increment',
          primaryKeyConstraintName: 'pk_plugin',
        },
        { name: 'slug', type: 'varchar', length: '32', isNullable: true },
        { name: 'name', type: 'varchar', length: '255' },
        { name: 'description', type: 'varchar', length: '2000' },
        { name: 'url', type: 'varchar', length: '2048' },
        { name: 'image', type: 'varchar', length: '2048' },
        { name: 'allowed_origins', type: longTextType },
        { name: 'token_ttl', type: 'int', isNullable: true },
        { name: 'user_schema', type: longTextType, isNullable: true },
        { name: 'created_at', type: timestampType, precision: 3 },
        { name: 'updated_at', type: timestampType, precision: 3 },
        { name: 'revoked_at', type: timestampType, precision: 3, isNullable: true },
      ],
      // Reserved plugins are ensured by every instance at its start.
      uniques: [{ name: 'uq_plugin_slug', columnNames: ['slug'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('plugin');
  }
}
