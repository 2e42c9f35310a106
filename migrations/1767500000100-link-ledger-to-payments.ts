import { type MigrationInterface, type QueryRunner, TableColumn, TableForeignKey, TableIndex } from 'typeorm';
import { foreignKey, reference } from '../src/infra/database/migration-columns';

const TABLE = 'ledger_transaction';
const PAYMENT_KEY = foreignKey(TABLE, 'payment_id', 'payment', 'RESTRICT');

/** What the source says after its kind, as long as the gateway's id of that. */
const named = (alias: string): string =>
  `substr(ledger_transaction.source, char_length(ledger_transaction.kind) + 2, char_length(${alias}.gateway_id))
     = ${alias}.gateway_id`;

const LINKS = [
  `update ledger_transaction set payment_id = (select p.id from payment p
     where p.gateway_id = substr(ledger_transaction.source, char_length(ledger_transaction.kind) + 2))
   where kind in ('capture', 'fee', 'assign')`,
  `update ledger_transaction set payment_id = (select r.payment_id from refund r
     where r.gateway_id = substr(ledger_transaction.source, char_length(ledger_transaction.kind) + 2))
   where kind = 'refund'`,
  `update ledger_transaction set payment_id = (select d.payment_id from dispute d where ${named('d')})
   where kind like 'dispute-%'`,
  `update ledger_transaction set payee_id = (select e.owner_id from ledger_entry e
     where e.transaction_id = ledger_transaction.id and e.account = 'creator')
   where payment_id is not null`,
  // These have no entry of the payee's.
  `update ledger_transaction set payee_id = (select p.payee_id from payment p where p.id = ledger_transaction.payment_id)
   where kind in ('fee', 'dispute-deduct', 'dispute-return')`,
];

export class LinkLedgerToPayments1767500000100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // Null where it is of no payment, as a settlement is.
    await queryRunner.addColumn(TABLE, new TableColumn(reference('payment_id', { isNullable: true })));
    // Whose the payment was when this was booked; null while it was parked.
    await queryRunner.addColumn(TABLE, new TableColumn(reference('payee_id', { isNullable: true })));
    for (const sql of LINKS) await queryRunner.query(sql);
    await queryRunner.createIndices(TABLE, [
      // What a payer paid; what was booked of a payment while it was parked.
      new TableIndex({ name: 'ix_ledger_transaction_payment', columnNames: ['payment_id'] }),
      // What was booked for a creator, day by day.
      new TableIndex({ name: 'ix_ledger_transaction_payee', columnNames: ['payee_id', 'occurred_at'] }),
    ]);
    await queryRunner.createForeignKey(TABLE, new TableForeignKey(PAYMENT_KEY));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropForeignKey(TABLE, PAYMENT_KEY.name ?? '');
    await queryRunner.dropIndex(TABLE, 'ix_ledger_transaction_payee');
    await queryRunner.dropIndex(TABLE, 'ix_ledger_transaction_payment');
    await queryRunner.dropColumns(TABLE, ['payee_id', 'payment_id']);
  }
}
