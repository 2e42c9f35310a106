import type { MigrationInterface, QueryRunner } from 'typeorm';
import { binaryType, jsonType, longTextType, timestampType } from '../src/infra/database/column-types';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateWebhookDelivery1760500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'webhook_delivery',
      columns: [
        {
          name: 'id',
          type: 'bigint',
          isPrimary: true,
          isGenerated: true,
          generationStrategy: 'increment',
          primaryKeyConstraintName: 'pk_webhook_delivery',
        },
        { name: 'source', type: 'varchar', length: '32' },
        { name: 'event_key', type: 'varchar', length: '128', isNullable: true },
        { name: 'verdict', type: 'varchar', length: '16' },
        { name: 'fault', type: 'varchar', length: '32', isNullable: true },
        { name: 'status', type: 'int' },
        { name: 'secret_id', type: 'varchar', length: '16', isNullable: true },
        { name: 'signed_at', type: timestampType, precision: 3, isNullable: true },
        { name: 'headers', type: jsonType },
        { name: 'body', type: binaryType },
        { name: 'body_size', type: 'int' },
        { name: 'terms', type: longTextType },
        { name: 'effect', type: jsonType, isNullable: true },
        { name: 'receipts', type: 'int' },
        { name: 'received_at', type: timestampType, precision: 3 },
        { name: 'last_received_at', type: timestampType, precision: 3 },
      ],
      // An event is claimed once; rejected calls claim nothing, and NULLs are no duplicates.
      uniques: [{ name: 'uq_webhook_delivery_event', columnNames: ['source', 'event_key'] }],
      indices: [
        // The cap on rejected calls, and the admin's list of one verdict.
        { name: 'ix_webhook_delivery_verdict', columnNames: ['source', 'verdict', 'id'] },
        // Retention, and the admin's time window.
        { name: 'ix_webhook_delivery_received', columnNames: ['received_at'] },
      ],
      checks: [{ name: 'ck_webhook_delivery_verdict', expression: "verdict in ('accepted', 'rejected')" }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('webhook_delivery');
  }
}
