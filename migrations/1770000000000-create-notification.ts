import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, instant, longText, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateNotification1770000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'notification',
      columns: [
        primaryId('notification'),
        reference('account_id'),
        varchar('fact_key', 100),
        varchar('kind', 24),
        // NULL: nobody did it, or somebody whose account is closed.
        reference('actor_id', { isNullable: true }),
        varchar('target_type', 16, { isNullable: true }),
        reference('target_id', { isNullable: true }),
        varchar('object_type', 16, { isNullable: true }),
        reference('object_id', { isNullable: true }),
        longText('data'),
        flag('shown', true),
        flag('unread', true),
        varchar('mail', 9),
        flag('emailed', false),
        instant('created_at'),
      ],
      // One fact is told to one reader once.
      uniques: [{ name: 'uq_notification_account_fact', columnNames: ['account_id', 'fact_key'] }],
      indices: [
        // The bell, newest first: what is unread or read, and all of it.
        { name: 'ix_notification_unread', columnNames: ['account_id', 'shown', 'unread', 'id'] },
        { name: 'ix_notification_shown', columnNames: ['account_id', 'shown', 'id'] },
        { name: 'ix_notification_actor', columnNames: ['actor_id', 'id'] },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('notification');
  }
}
