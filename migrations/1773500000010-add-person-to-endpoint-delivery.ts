import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { reference } from '../src/infra/database/migration-columns';

const TABLE = 'endpoint_delivery';
const INDEX = 'ix_endpoint_delivery_person';

export class AddPersonToEndpointDelivery1773500000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn(TABLE, new TableColumn(reference('person_id', { isNullable: true })));
    // Where somebody is named who closes their account.
    await queryRunner.createIndex(TABLE, new TableIndex({ name: INDEX, columnNames: ['person_id'] }));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex(TABLE, INDEX);
    await queryRunner.dropColumn(TABLE, 'person_id');
  }
}
