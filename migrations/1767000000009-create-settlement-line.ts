import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateSettlementLine1767000000009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'settlement_line',
      columns: [
        primaryId('settlement_line'),
        reference('settlement_id'),
        // The gateway's: a payment, a refund, an adjustment.
        varchar('entity_id', 40),
        varchar('type', 16),
        // Credit without debit.
        { name: 'amount', type: 'bigint' },
        instant('created_at'),
      ],
      // Nothing is settled twice.
      uniques: [{ name: 'uq_settlement_line_entity', columnNames: ['entity_id'] }],
      indices: [{ name: 'ix_settlement_line_settlement', columnNames: ['settlement_id'] }],
      foreignKeys: [foreignKey('settlement_line', 'settlement_id', 'settlement', 'RESTRICT')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('settlement_line');
  }
}
