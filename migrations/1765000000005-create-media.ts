import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateMedia1765000000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'media',
      columns: [
        primaryId('media'),
        reference('owner_id'),
        varchar('kind', 8),
        varchar('content_type', 100),
        varchar('name', 255),
        { name: 'size', type: 'bigint' },
        { name: 'width', type: 'integer', isNullable: true },
        { name: 'height', type: 'integer', isNullable: true },
        varchar('storage_key', 128),
        varchar('preview_key', 128, { isNullable: true }),
        instant('created_at'),
      ],
      uniques: [{ name: 'uq_media_storage_key', columnNames: ['storage_key'] }],
      // An account's own, and how much of its quota they take.
      indices: [{ name: 'ix_media_owner', columnNames: ['owner_id', 'id'] }],
      checks: [{ name: 'ck_media_kind', expression: "kind in ('image', 'video', 'audio', 'document')" }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('media');
  }
}
