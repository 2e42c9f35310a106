import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { counter, instant, reference, varchar } from '../src/infra/database/migration-columns';

const TABLE = 'webhook_delivery';

/** What a worker has yet to do; all that came before was processed as it came. */
const COLUMNS = [
  { ...varchar('state', 8), default: "'done'" },
  counter('attempts'),
  counter('tries'),
  instant('due_at', { isNullable: true }),
  varchar('last_error', 500, { isNullable: true }),
  reference('requeued_by', { isNullable: true }),
];

export class DeferWebhookDelivery1760500000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns(
      TABLE,
      COLUMNS.map((column) => new TableColumn(column)),
    );
    await queryRunner.query(
      `update webhook_delivery set attempts = receipts + (
         select count(*) from webhook_delivery_run where delivery_id = webhook_delivery.id)
       where verdict = 'accepted'`,
    );
    // The worker's claim, the count of what waits, and the list of what is dead. Nearly all rows are done.
    const open = { name: 'ix_webhook_delivery_open', columnNames: ['state', 'due_at'], where: "state <> 'done'" };
    await queryRunner.createIndex(TABLE, new TableIndex(open));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex(TABLE, 'ix_webhook_delivery_open');
    await queryRunner.dropColumns(
      TABLE,
      COLUMNS.map(({ name }) => name),
    );
  }
}
