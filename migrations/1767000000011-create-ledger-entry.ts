import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateLedgerEntry1767000000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'ledger_entry',
      columns: [
        primaryId('ledger_entry'),
        reference('transaction_id'),
        varchar('account', 24),
        // An account of a person, which may be gone by now; 0 = the house.
        reference('owner_id'),
        varchar('currency', 3),
        // Minor units: debit above zero, credit below.
        { name: 'amount', type: 'bigint' },
      ],
      indices: [
        { name: 'ix_ledger_entry_transaction', columnNames: ['transaction_id'] },
        // What a creator was paid, and when.
        { name: 'ix_ledger_entry_owner', columnNames: ['owner_id', 'account', 'currency', 'transaction_id'] },
      ],
      foreignKeys: [foreignKey('ledger_entry', 'transaction_id', 'ledger_transaction', 'RESTRICT')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('ledger_entry');
  }
}
