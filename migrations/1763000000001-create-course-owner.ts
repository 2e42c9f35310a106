import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateCourseOwner1763000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'course_owner',
      columns: [
        { name: 'course_id', type: 'bigint', isPrimary: true, primaryKeyConstraintName: 'pk_course_owner' },
        { name: 'account_id', type: 'bigint', isPrimary: true, primaryKeyConstraintName: 'pk_course_owner' },
      ],
      // What may this creator sell?
      indices: [{ name: 'ix_course_owner_account', columnNames: ['account_id'] }],
      foreignKeys: [
        {
          name: 'fk_course_owner_course',
          columnNames: ['course_id'],
          referencedTableName: 'course',
          referencedColumnNames: ['id'],
          onDelete: 'CASCADE',
        },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('course_owner');
  }
}
