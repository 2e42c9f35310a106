import type { MigrationInterface, QueryRunner } from 'typeorm';
import { timestampType } from '../src/infra/database/column-types';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateEnrolmentAllowance1763000000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'enrolment_allowance',
      columns: [
        {
          name: 'id',
          type: 'bigint',
          isPrimary: true,
          isGenerated: true,
          generationStrategy: 'increment',
          primaryKeyConstraintName: 'pk_enrolment_allowance',
        },
        { name: 'email_key', type: 'varchar', length: '254' },
        { name: 'email', type: 'varchar', length: '254' },
        { name: 'course_id', type: 'bigint' },
        { name: 'kind', type: 'varchar', length: '16' },
        { name: 'reference', type: 'varchar', length: '64' },
        { name: 'granted_at', type: timestampType, precision: 3 },
        { name: 'claimed_by', type: 'bigint', isNullable: true },
        { name: 'claimed_at', type: timestampType, precision: 3, isNullable: true },
        { name: 'revoked_at', type: timestampType, precision: 3, isNullable: true },
        { name: 'revoked_by', type: 'bigint', isNullable: true },
        { name: 'revoke_reason', type: 'varchar', length: '500', isNullable: true },
      ],
      // A mailbox is allowed into a course once, and once only.
      uniques: [{ name: 'uq_enrolment_allowance_mailbox', columnNames: ['email_key', 'course_id'] }],
      indices: [
        { name: 'ix_enrolment_allowance_course', columnNames: ['course_id'] },
        // What a closed account had claimed.
        { name: 'ix_enrolment_allowance_claimed_by', columnNames: ['claimed_by'] },
      ],
      foreignKeys: [
        {
          name: 'fk_enrolment_allowance_course',
          columnNames: ['course_id'],
          referencedTableName: 'course',
          referencedColumnNames: ['id'],
          onDelete: 'RESTRICT',
        },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('enrolment_allowance');
  }
}
