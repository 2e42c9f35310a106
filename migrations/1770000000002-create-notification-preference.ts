import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, keyPart, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateNotificationPreference1770000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'notification_preference',
      columns: [
        keyPart('notification_preference', 'account_id'),
        {
          ...varchar('kind', 24),
          isPrimary: true,
          primaryKeyConstraintName: 'pk_notification_preference',
        },
        flag('bell', true),
        varchar('mail', 9),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('notification_preference');
  }
}
