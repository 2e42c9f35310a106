import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { counter, instant, longText, varchar } from '../src/infra/database/migration-columns';

const TABLE = 'reconciliation_run';

/** Who has a run, how far it is, and that one runs at a time. */
const COLUMNS = [
  varchar('request_key', 80, { isNullable: true }),
  { name: 'running_slot', type: 'integer', isNullable: true },
  instant('due_at', { isNullable: true }),
  counter('attempts'),
  counter('tries'),
  // JSON: {stage, cursor, examined}.
  longText('progress', { isNullable: true }),
];

const KEYS = [
  // What is asked for twice at once is one run.
  { name: 'uq_reconciliation_run_request', columnNames: ['request_key'], isUnique: true },
  // NULL but for the one that runs.
  { name: 'uq_reconciliation_run_running', columnNames: ['running_slot'], isUnique: true },
];

export class SteerReconciliationRun1767500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns(
      TABLE,
      COLUMNS.map((column) => new TableColumn(column)),
    );
    await queryRunner.createIndices(
      TABLE,
      KEYS.map((key) => new TableIndex(key)),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const { name } of KEYS) await queryRunner.dropIndex(TABLE, name);
    await queryRunner.dropColumns(
      TABLE,
      COLUMNS.map(({ name }) => name),
    );
  }
}
