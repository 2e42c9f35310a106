import type { MigrationInterface, QueryRunner } from 'typeorm';
import { counter, flag, instant, longText, primaryId, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateLms1772000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'lms',
      columns: [
        primaryId('lms'),
        varchar('name', 100),
        varchar('url', 2000),
        longText('secret'),
        longText('previous_secret', { isNullable: true }),
        instant('rotated_at', { isNullable: true }),
        varchar('events_url', 2000, { isNullable: true }),
        varchar('openedx_url', 2000, { isNullable: true }),
        varchar('openedx_client_id', 255, { isNullable: true }),
        longText('openedx_client_secret', { isNullable: true }),
        flag('enabled', true),
        counter('failures'),
        instant('paused_until', { isNullable: true }),
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [{ name: 'uq_lms_name', columnNames: ['name'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('lms');
  }
}
