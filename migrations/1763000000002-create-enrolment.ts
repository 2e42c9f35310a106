import type { MigrationInterface, QueryRunner } from 'typeorm';
import { timestampType } from '../src/infra/database/column-types';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateEnrolment1763000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'enrolment',
      columns: [
        {
          name: 'id',
          type: 'bigint',
          isPrimary: true,
          isGenerated: true,
          generationStrategy: 'increment',
          primaryKeyConstraintName: 'pk_enrolment',
        },
        { name: 'account_id', type: 'bigint', isNullable: true },
        { name: 'course_id', type: 'bigint' },
        { name: 'mode', type: 'varchar', length: '32' },
        { name: 'status', type: 'varchar', length: '16' },
        { name: 'expires_at', type: timestampType, precision: 3, isNullable: true },
        { name: 'expiry_notice_for', type: timestampType, precision: 3, isNullable: true },
        { name: 'created_at', type: timestampType, precision: 3 },
        { name: 'updated_at', type: timestampType, precision: 3 },
      ],
      // One enrolment of a person in a course, whatever grants it; NULL = the account was closed.
      uniques: [{ name: 'uq_enrolment_account_course', columnNames: ['account_id', 'course_id'] }],
      indices: [
        // Who is in this course?
        { name: 'ix_enrolment_course', columnNames: ['course_id'] },
        // The expiry job.
        { name: 'ix_enrolment_expires', columnNames: ['expires_at'] },
      ],
      foreignKeys: [
        {
          name: 'fk_enrolment_course',
          columnNames: ['course_id'],
          referencedTableName: 'course',
          referencedColumnNames: ['id'],
          onDelete: 'RESTRICT',
        },
      ],
      checks: [{ name: 'ck_enrolment_status', expression: "status in ('active', 'suspended', 'ended')" }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('enrolment');
  }
}
