import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { reference } from '../src/infra/database/migration-columns';

const TABLE = 'plugin';
const INDEX = 'ix_plugin_owner';

export class AddOwnerToPlugin1773500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn(TABLE, new TableColumn(reference('owner_id', { isNullable: true })));
    // What a closed account leaves behind.
    await queryRunner.createIndex(TABLE, new TableIndex({ name: INDEX, columnNames: ['owner_id'] }));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex(TABLE, INDEX);
    await queryRunner.dropColumn(TABLE, 'owner_id');
  }
}
