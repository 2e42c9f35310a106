import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  counter,
  foreignKey,
  instant,
  keyPart,
  primaryId,
  reference,
  varchar,
} from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateBulkEnrolment1772000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'bulk_enrolment',
      columns: [
        primaryId('bulk_enrolment'),
        varchar('status', 16),
        { name: 'total', type: 'integer' },
        reference('actor_id'),
        instant('run_at'),
        counter('attempts'),
        instant('created_at'),
        instant('finished_at', { isNullable: true }),
      ],
      indices: [
        { name: 'ix_bulk_enrolment_due', columnNames: ['status', 'run_at'] },
        { name: 'ix_bulk_enrolment_created', columnNames: ['created_at'] },
      ],
    });
    await createTable(queryRunner, {
      name: 'bulk_enrolment_row',
      columns: [
        keyPart('bulk_enrolment_row', 'bulk_id'),
        keyPart('bulk_enrolment_row', 'position'),
        varchar('email', 320),
        varchar('course_id', 255),
        varchar('state', 8),
        varchar('error', 500, { isNullable: true }),
      ],
      indices: [
        { name: 'ix_bulk_enrolment_row_state', columnNames: ['bulk_id', 'state', 'position'] },
        { name: 'ix_bulk_enrolment_row_email', columnNames: ['email'] },
      ],
      foreignKeys: [foreignKey('bulk_enrolment_row', 'bulk_id', 'bulk_enrolment', 'CASCADE')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('bulk_enrolment_row');
    await queryRunner.dropTable('bulk_enrolment');
  }
}
