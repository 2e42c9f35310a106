import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, instant, longText, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateReconciliationRun1767000000008 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'reconciliation_run',
      columns: [
        primaryId('reconciliation_run'),
        instant('from_at'),
        instant('to_at'),
        flag('dry_run', false),
        varchar('status', 16),
        // JSON: [{class, count, cured}].
        longText('drift', { isNullable: true }),
        varchar('error', 500, { isNullable: true }),
        // NULL = the schedule.
        reference('requested_by', { isNullable: true }),
        instant('started_at', { isNullable: true }),
        instant('finished_at', { isNullable: true }),
        instant('created_at'),
      ],
      indices: [{ name: 'ix_reconciliation_run_status', columnNames: ['status', 'created_at'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('reconciliation_run');
  }
}
