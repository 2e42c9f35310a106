import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreatePayment1767000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'payment',
      columns: [
        primaryId('payment'),
        varchar('gateway_id', 40),
        reference('order_id', { isNullable: true }),
        reference('mandate_id', { isNullable: true }),
        // NULL = matches nothing of ours.
        varchar('purpose', 16, { isNullable: true }),
        reference('payer_id', { isNullable: true }),
        reference('payee_id', { isNullable: true }),
        { name: 'amount', type: 'bigint' },
        varchar('currency', 3),
        varchar('status', 16),
        { name: 'fee', type: 'bigint', isNullable: true },
        { name: 'tax', type: 'bigint', isNullable: true },
        { name: 'refunded_amount', type: 'bigint', default: 0 },
        varchar('invoice_id', 40, { isNullable: true }),
        instant('period_start', { isNullable: true }),
        instant('period_end', { isNullable: true }),
        varchar('method', 32, { isNullable: true }),
        varchar('error_code', 100, { isNullable: true }),
        varchar('error_description', 500, { isNullable: true }),
        // Why it is nobody's, while it is.
        varchar('parked', 24, { isNullable: true }),
        instant('gateway_created_at'),
        // When we booked it.
        instant('captured_at', { isNullable: true }),
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [{ name: 'uq_payment_gateway', columnNames: ['gateway_id'] }],
      indices: [
        { name: 'ix_payment_order', columnNames: ['order_id'] },
        { name: 'ix_payment_mandate', columnNames: ['mandate_id'] },
        { name: 'ix_payment_payer', columnNames: ['payer_id', 'gateway_created_at'] },
        { name: 'ix_payment_payee', columnNames: ['payee_id', 'gateway_created_at'] },
        // Reconciliation: what waits to be captured, what a stretch of time holds.
        { name: 'ix_payment_status', columnNames: ['status', 'gateway_created_at'] },
      ],
      foreignKeys: [
        foreignKey('payment', 'order_id', 'payment_order', 'RESTRICT'),
        foreignKey('payment', 'mandate_id', 'mandate', 'RESTRICT'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('payment');
  }
}
