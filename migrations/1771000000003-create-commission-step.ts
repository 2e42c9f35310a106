import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, longText, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateCommissionStep1771000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'commission_step',
      columns: [
        primaryId('commission_step'),
        reference('order_id'),
        varchar('status', 16),
        varchar('actor', 8),
        longText('message'),
        instant('at'),
      ],
      indices: [{ name: 'ix_commission_step_order', columnNames: ['order_id', 'id'] }],
      foreignKeys: [foreignKey('commission_step', 'order_id', 'commission_order', 'RESTRICT')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('commission_step');
  }
}
