import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateLmsAttempt1772000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'lms_attempt',
      columns: [
        primaryId('lms_attempt'),
        reference('delivery_id'),
        varchar('kind', 16),
        { name: 'status', type: 'integer', isNullable: true },
        varchar('error', 500, { isNullable: true }),
        { name: 'duration', type: 'integer' },
        varchar('excerpt', 500, { isNullable: true }),
        instant('at'),
      ],
      indices: [
        { name: 'ix_lms_attempt_delivery', columnNames: ['delivery_id'] },
        { name: 'ix_lms_attempt_at', columnNames: ['at'] },
      ],
      foreignKeys: [foreignKey('lms_attempt', 'delivery_id', 'lms_delivery', 'CASCADE')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('lms_attempt');
  }
}
