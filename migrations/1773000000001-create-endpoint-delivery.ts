import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  counter,
  foreignKey,
  instant,
  longText,
  primaryId,
  reference,
  varchar,
} from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateEndpointDelivery1773000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'endpoint_delivery',
      columns: [
        primaryId('endpoint_delivery'),
        reference('endpoint_id'),
        varchar('message_id', 64),
        varchar('type', 40),
        longText('body'),
        varchar('status', 9),
        instant('run_at'),
        counter('attempts'),
        counter('tries'),
        instant('created_at'),
        instant('finished_at', { isNullable: true }),
      ],
      uniques: [{ name: 'uq_endpoint_delivery_message', columnNames: ['endpoint_id', 'message_id'] }],
      indices: [
        { name: 'ix_endpoint_delivery_due', columnNames: ['endpoint_id', 'status', 'run_at'] },
        { name: 'ix_endpoint_delivery_created', columnNames: ['created_at'] },
      ],
      foreignKeys: [foreignKey('endpoint_delivery', 'endpoint_id', 'webhook_endpoint', 'CASCADE')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('endpoint_delivery');
  }
}
