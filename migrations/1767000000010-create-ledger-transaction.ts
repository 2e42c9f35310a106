import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, primaryId, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateLedgerTransaction1767000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'ledger_transaction',
      columns: [
        primaryId('ledger_transaction'),
        varchar('kind', 24),
        varchar('source', 80),
        varchar('currency', 3),
        instant('occurred_at'),
        instant('created_at'),
      ],
      // Whatever happened once is booked once.
      uniques: [{ name: 'uq_ledger_transaction_source', columnNames: ['source'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('ledger_transaction');
  }
}
