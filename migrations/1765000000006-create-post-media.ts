import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, keyPart } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreatePostMedia1765000000006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'post_media',
      columns: [
        keyPart('post_media', 'post_id'),
        keyPart('post_media', 'media_id'),
        { name: 'position', type: 'integer' },
      ],
      indices: [{ name: 'ix_post_media_media', columnNames: ['media_id'] }],
      foreignKeys: [
        foreignKey('post_media', 'post_id', 'post', 'CASCADE'),
        foreignKey('post_media', 'media_id', 'media', 'RESTRICT'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('post_media');
  }
}
