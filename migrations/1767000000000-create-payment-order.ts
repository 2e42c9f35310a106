import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreatePaymentOrder1767000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'payment_order',
      columns: [
        primaryId('payment_order'),
        // NULL until the gateway has it.
        varchar('gateway_id', 40, { isNullable: true }),
        varchar('receipt', 40),
        varchar('purpose', 16),
        varchar('reference', 64, { isNullable: true }),
        // Accounts without a key: they are closed, and money stays.
        reference('payer_id', { isNullable: true }),
        reference('payee_id', { isNullable: true }),
        { name: 'amount', type: 'bigint' },
        varchar('currency', 3),
        varchar('capture', 9),
        varchar('status', 16),
        { name: 'refunded_amount', type: 'bigint', default: 0 },
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [
        { name: 'uq_payment_order_gateway', columnNames: ['gateway_id'] },
        { name: 'uq_payment_order_receipt', columnNames: ['receipt'] },
      ],
      indices: [
        { name: 'ix_payment_order_payer', columnNames: ['payer_id'] },
        { name: 'ix_payment_order_payee', columnNames: ['payee_id'] },
        { name: 'ix_payment_order_reference', columnNames: ['purpose', 'reference'] },
        // Reconciliation: what has not been paid in a stretch of time.
        { name: 'ix_payment_order_status', columnNames: ['status', 'created_at'] },
      ],
      checks: [{ name: 'ck_payment_order_amount', expression: 'amount > 0' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('payment_order');
  }
}
