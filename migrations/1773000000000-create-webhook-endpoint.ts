import type { MigrationInterface, QueryRunner } from 'typeorm';
import { counter, instant, longText, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateWebhookEndpoint1773000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'webhook_endpoint',
      columns: [
        primaryId('webhook_endpoint'),
        reference('account_id'),
        { name: 'slot', type: 'integer' },
        varchar('url', 2000),
        varchar('description', 255),
        longText('events'),
        longText('sealed'),
        varchar('disabled_reason', 8, { isNullable: true }),
        instant('disabled_at', { isNullable: true }),
        instant('failing_since', { isNullable: true }),
        instant('failed_at', { isNullable: true }),
        counter('failed_deliveries'),
        instant('due_at', { isNullable: true }),
        instant('leased_until'),
        counter('turns'),
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [{ name: 'uq_webhook_endpoint_slot', columnNames: ['account_id', 'slot'] }],
      indices: [{ name: 'ix_webhook_endpoint_due', columnNames: ['due_at'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('webhook_endpoint');
  }
}
