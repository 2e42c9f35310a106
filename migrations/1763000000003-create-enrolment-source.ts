import type { MigrationInterface, QueryRunner } from 'typeorm';
import { timestampType } from '../src/infra/database/column-types';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateEnrolmentSource1763000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'enrolment_source',
      columns: [
        {
          name: 'id',
          type: 'bigint',
          isPrimary: true,
          isGenerated: true,
          generationStrategy: 'increment',
          primaryKeyConstraintName: 'pk_enrolment_source',
        },
        { name: 'enrolment_id', type: 'bigint' },
        { name: 'kind', type: 'varchar', length: '16' },
        { name: 'reference', type: 'varchar', length: '64' },
        { name: 'created_at', type: timestampType, precision: 3 },
      ],
      // A source holds an enrolment once.
      uniques: [{ name: 'uq_enrolment_source', columnNames: ['enrolment_id', 'kind', 'reference'] }],
      foreignKeys: [
        {
          name: 'fk_enrolment_source_enrolment',
          columnNames: ['enrolment_id'],
          referencedTableName: 'enrolment',
          referencedColumnNames: ['id'],
          onDelete: 'CASCADE',
        },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('enrolment_source');
  }
}
