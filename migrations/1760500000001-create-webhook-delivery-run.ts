import type { MigrationInterface, QueryRunner } from 'typeorm';
import { jsonType, timestampType } from '../src/infra/database/column-types';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateWebhookDeliveryRun1760500000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'webhook_delivery_run',
      columns: [
        {
          name: 'id',
          type: 'bigint',
          isPrimary: true,
          isGenerated: true,
          generationStrategy: 'increment',
          primaryKeyConstraintName: 'pk_webhook_delivery_run',
        },
        { name: 'delivery_id', type: 'bigint' },
        { name: 'actor_id', type: 'bigint', isNullable: true },
        { name: 'status', type: 'int' },
        { name: 'effect', type: jsonType, isNullable: true },
        { name: 'ran_at', type: timestampType, precision: 3 },
      ],
      indices: [{ name: 'ix_webhook_delivery_run_delivery', columnNames: ['delivery_id'] }],
      foreignKeys: [
        {
          name: 'fk_webhook_delivery_run_delivery',
          columnNames: ['delivery_id'],
          referencedTableName: 'webhook_delivery',
          referencedColumnNames: ['id'],
          onDelete: 'CASCADE',
        },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('webhook_delivery_run');
  }
}
