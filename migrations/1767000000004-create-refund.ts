import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateRefund1767000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'refund',
      columns: [
        primaryId('refund'),
        // NULL until the gateway has it.
        varchar('gateway_id', 40, { isNullable: true }),
        reference('payment_id'),
        { name: 'amount', type: 'bigint' },
        varchar('currency', 3),
        varchar('status', 16),
        // Ours; NULL = made in the gateway's dashboard.
        varchar('refund_key', 64, { isNullable: true }),
        varchar('reason', 500, { isNullable: true }),
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [
        { name: 'uq_refund_gateway', columnNames: ['gateway_id'] },
        { name: 'uq_refund_key', columnNames: ['refund_key'] },
      ],
      indices: [
        { name: 'ix_refund_payment', columnNames: ['payment_id'] },
        { name: 'ix_refund_status', columnNames: ['status', 'created_at'] },
      ],
      foreignKeys: [foreignKey('refund', 'payment_id', 'payment', 'RESTRICT')],
      checks: [{ name: 'ck_refund_amount', expression: 'amount > 0' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('refund');
  }
}
