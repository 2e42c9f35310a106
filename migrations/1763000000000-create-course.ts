import type { MigrationInterface, QueryRunner } from 'typeorm';
import { timestampType } from '../src/infra/database/column-types';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateCourse1763000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'course',
      columns: [
        {
          name: 'id',
          type: 'bigint',
          isPrimary: true,
          isGenerated: true,
          generationStrategy: 'increment',
          primaryKeyConstraintName: 'pk_course',
        },
        { name: 'course_key', type: 'varchar', length: '255' },
        { name: 'display_name', type: 'varchar', length: '255' },
        { name: 'enrolment_start', type: timestampType, precision: 3, isNullable: true },
        { name: 'enrolment_end', type: timestampType, precision: 3, isNullable: true },
        { name: 'starts_at', type: timestampType, precision: 3, isNullable: true },
        { name: 'ends_at', type: timestampType, precision: 3, isNullable: true },
        { name: 'capacity', type: 'int', isNullable: true },
        { name: 'invitation_only', type: 'boolean', default: false },
        { name: 'archived_at', type: timestampType, precision: 3, isNullable: true },
        { name: 'created_at', type: timestampType, precision: 3 },
        { name: 'updated_at', type: timestampType, precision: 3 },
      ],
      // The canonical form is the identity of a course.
      uniques: [{ name: 'uq_course_key', columnNames: ['course_key'] }],
      checks: [{ name: 'ck_course_capacity', expression: 'capacity is null or capacity >= 0' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('course');
  }
}
