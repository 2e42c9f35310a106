import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateDispute1767000000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'dispute',
      columns: [
        primaryId('dispute'),
        varchar('gateway_id', 40),
        reference('payment_id'),
        { name: 'amount', type: 'bigint' },
        { name: 'amount_deducted', type: 'bigint', default: 0 },
        varchar('currency', 3),
        varchar('status', 16),
        varchar('phase', 32),
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [{ name: 'uq_dispute_gateway', columnNames: ['gateway_id'] }],
      indices: [{ name: 'ix_dispute_payment', columnNames: ['payment_id'] }],
      foreignKeys: [foreignKey('dispute', 'payment_id', 'payment', 'RESTRICT')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('dispute');
  }
}
