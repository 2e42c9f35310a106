import type { MigrationInterface, QueryRunner } from 'typeorm';
import { timestampType } from '../src/infra/database/column-types';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateEnrolmentMailbox1763000000006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'enrolment_mailbox',
      columns: [
        {
          name: 'email_key',
          type: 'varchar',
          length: '254',
          isPrimary: true,
          primaryKeyConstraintName: 'pk_enrolment_mailbox',
        },
        { name: 'locked_at', type: timestampType, precision: 3 },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('enrolment_mailbox');
  }
}
