import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  counter,
  flag,
  foreignKey,
  instant,
  longText,
  primaryId,
  reference,
  varchar,
} from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateLmsDelivery1772000000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'lms_delivery',
      columns: [
        primaryId('lms_delivery'),
        reference('lms_id'),
        reference('enrolment_id'),
        varchar('status', 16),
        varchar('told', 8, { isNullable: true }),
        counter('version'),
        flag('forced', false),
        counter('attempts'),
        counter('lease'),
        instant('leased_until', { isNullable: true }),
        instant('run_at'),
        instant('pending_since'),
        longText('address', { isNullable: true }),
        varchar('last_error', 500, { isNullable: true }),
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [{ name: 'uq_lms_delivery', columnNames: ['lms_id', 'enrolment_id'] }],
      indices: [
        // lms-queue.due, lms-delivery pages
        { name: 'ix_lms_delivery_due', columnNames: ['lms_id', 'status', 'run_at'] },
        { name: 'ix_lms_delivery_enrolment', columnNames: ['enrolment_id'] },
      ],
      foreignKeys: [
        foreignKey('lms_delivery', 'lms_id', 'lms', 'CASCADE'),
        foreignKey('lms_delivery', 'enrolment_id', 'enrolment', 'CASCADE'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('lms_delivery');
  }
}
