import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, primaryId, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateGatewayPlan1767000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'gateway_plan',
      columns: [
        primaryId('gateway_plan'),
        varchar('gateway_id', 40),
        varchar('plan_key', 64),
        varchar('name', 255),
        { name: 'amount', type: 'bigint' },
        varchar('currency', 3),
        instant('created_at'),
      ],
      uniques: [
        { name: 'uq_gateway_plan_gateway', columnNames: ['gateway_id'] },
        { name: 'uq_gateway_plan_key', columnNames: ['plan_key'] },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('gateway_plan');
  }
}
