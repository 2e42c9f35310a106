import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { varchar } from '../src/infra/database/migration-columns';

const TABLE = 'mandate';

/** The price that is to be charged from the next month, or from now, in place of the present one. */
const COLUMNS = [
  varchar('next_plan_key', 64, { isNullable: true }),
  varchar('next_plan_name', 255, { isNullable: true }),
  { name: 'next_amount', type: 'bigint', isNullable: true },
];

export class AddNextPlanToMandate1768000000040 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns(
      TABLE,
      COLUMNS.map((column) => new TableColumn(column)),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumns(
      TABLE,
      COLUMNS.map(({ name }) => name),
    );
  }
}
