import type { MigrationInterface, QueryRunner } from 'typeorm';
import { longTextColumn, timestampColumn } from '../src/infra/database/column-types';
import { createTable, idColumnOf } from '../src/infra/database/migration-tools';

export class CreateOutboxDelivery1760000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'outbox_delivery',
      columns: [
        idColumnOf(),
        { name: 'fact_id', type: 'varchar', length: '36' },
        { name: 'topic', type: 'varchar', length: '64' },
        { name: 'listener', type: 'varchar', length: '96' },
        { name: 'payload', ...longTextColumn },
        { name: 'status', type: 'varchar', length: '16' },
        { name: 'run_at', ...timestampColumn },
        { name: 'attempts', type: 'int' },
        { name: 'last_error', type: 'varchar', length: '500', isNullable: true },
        { name: 'created_at', ...timestampColumn },
      ],
      // The dispatcher's claim: pending rows by due time.
      indices: [{ name: 'ix_outbox_delivery_due', columnNames: ['status', 'run_at'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('outbox_delivery');
  }
}
