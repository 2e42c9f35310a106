import type { MigrationInterface, QueryRunner } from 'typeorm';
import { counter, instant, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateNotificationBox1770000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'notification_box',
      columns: [
        {
          name: 'account_id',
          type: 'bigint',
          isPrimary: true,
          primaryKeyConstraintName: 'pk_notification_box',
        },
        counter('unread'),
        counter('total'),
        // Grows with every change, so that an instance sees by it whether there is news.
        { name: 'version', type: 'bigint', default: 0 },
        { name: 'quiet_from', type: 'integer', isNullable: true },
        { name: 'quiet_until', type: 'integer', isNullable: true },
        // NULL: nothing waits for the next digest.
        instant('digest_due_at', { isNullable: true }),
        reference('digest_from', { isNullable: true }),
        varchar('digest_day', 10, { isNullable: true }),
      ],
      indices: [{ name: 'ix_notification_box_digest', columnNames: ['digest_due_at'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('notification_box');
  }
}
