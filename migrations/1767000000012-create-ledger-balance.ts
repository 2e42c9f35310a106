import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keyPart, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

const TABLE = 'ledger_balance';
const PART_OF_KEY = { isPrimary: true, primaryKeyConstraintName: `pk_${TABLE}` };

export class CreateLedgerBalance1767000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: TABLE,
      columns: [
        { ...varchar('account', 24), ...PART_OF_KEY },
        keyPart(TABLE, 'owner_id'),
        { ...varchar('currency', 3), ...PART_OF_KEY },
        // The sum of its entries, kept in the transaction that writes them.
        { name: 'balance', type: 'bigint' },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(TABLE);
  }
}
