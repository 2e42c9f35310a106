import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, primaryId, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateSettlement1767000000006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'settlement',
      columns: [
        primaryId('settlement'),
        varchar('gateway_id', 40),
        // Of the lines booked so far: credits without debits.
        { name: 'amount', type: 'bigint', default: 0 },
        varchar('currency', 3),
        varchar('utr', 64, { isNullable: true }),
        instant('settled_at'),
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [{ name: 'uq_settlement_gateway', columnNames: ['gateway_id'] }],
      indices: [{ name: 'ix_settlement_settled', columnNames: ['settled_at'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('settlement');
  }
}
