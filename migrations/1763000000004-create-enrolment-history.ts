import type { MigrationInterface, QueryRunner } from 'typeorm';
import { jsonType, timestampType } from '../src/infra/database/column-types';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateEnrolmentHistory1763000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'enrolment_history',
      columns: [
        {
          name: 'id',
          type: 'bigint',
          isPrimary: true,
          isGenerated: true,
          generationStrategy: 'increment',
          primaryKeyConstraintName: 'pk_enrolment_history',
        },
        { name: 'enrolment_id', type: 'bigint' },
        { name: 'state_before', type: jsonType, isNullable: true },
        { name: 'state_after', type: jsonType },
        { name: 'source', type: 'varchar', length: '16' },
        { name: 'reference', type: 'varchar', length: '64', isNullable: true },
        { name: 'actor_id', type: 'bigint', isNullable: true },
        { name: 'reason', type: 'varchar', length: '500', isNullable: true },
        { name: 'changed_at', type: timestampType, precision: 3 },
      ],
      indices: [{ name: 'ix_enrolment_history_enrolment', columnNames: ['enrolment_id'] }],
      foreignKeys: [
        {
          name: 'fk_enrolment_history_enrolment',
          columnNames: ['enrolment_id'],
          referencedTableName: 'enrolment',
          referencedColumnNames: ['id'],
          onDelete: 'CASCADE',
        },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('enrolment_history');
  }
}
