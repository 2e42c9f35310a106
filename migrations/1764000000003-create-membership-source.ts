import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateMembershipSource1764000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'membership_source',
      columns: [
        primaryId('membership_source'),
        reference('membership_id'),
        varchar('kind', 16),
        varchar('reference', 64),
        // NULL = open.
        instant('ends_at', { isNullable: true }),
        varchar('reason', 500, { isNullable: true }),
        reference('granted_by', { isNullable: true }),
        // The reference while it holds, else NULL: so a source holds a membership once.
        varchar('live_slot', 81, { isNullable: true }),
        instant('created_at'),
        instant('ended_at', { isNullable: true }),
      ],
      uniques: [{ name: 'uq_membership_source_live', columnNames: ['membership_id', 'live_slot'] }],
      indices: [
        { name: 'ix_membership_source_reference', columnNames: ['kind', 'reference'] },
        // The job that ends what has run out.
        { name: 'ix_membership_source_due', columnNames: ['ended_at', 'ends_at'] },
      ],
      foreignKeys: [foreignKey('membership_source', 'membership_id', 'membership', 'RESTRICT')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('membership_source');
  }
}
