import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateContentReport1765000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'content_report',
      columns: [
        primaryId('content_report'),
        varchar('subject_kind', 8),
        reference('subject_id'),
        reference('creator_id'),
        reference('author_id'),
        // How it read when it was reported: it may be changed or deleted since.
        varchar('excerpt', 500),
        reference('reporter_id'),
        varchar('reason', 500),
        instant('created_at'),
        instant('resolved_at', { isNullable: true }),
      ],
      // Somebody reports a thing once.
      uniques: [{ name: 'uq_content_report', columnNames: ['subject_kind', 'subject_id', 'reporter_id'] }],
      indices: [
        { name: 'ix_content_report_open', columnNames: ['resolved_at', 'id'] },
        { name: 'ix_content_report_reporter', columnNames: ['reporter_id'] },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('content_report');
  }
}
