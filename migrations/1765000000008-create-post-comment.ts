import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, longText, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreatePostComment1765000000008 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'post_comment',
      columns: [
        primaryId('post_comment'),
        reference('post_id'),
        reference('creator_id'),
        reference('author_id'),
        reference('parent_id', { isNullable: true }),
        longText('body'),
        varchar('state', 8),
        instant('created_at'),
        instant('updated_at'),
      ],
      indices: [
        { name: 'ix_post_comment_post', columnNames: ['post_id', 'id'] },
        // What a post's list holds beside the visible ones, which are counted.
        { name: 'ix_post_comment_state', columnNames: ['post_id', 'state'] },
        { name: 'ix_post_comment_parent', columnNames: ['parent_id'] },
        { name: 'ix_post_comment_author', columnNames: ['author_id', 'id'] },
        // Comments over time.
        { name: 'ix_post_comment_creator', columnNames: ['creator_id', 'created_at'] },
      ],
      foreignKeys: [foreignKey('post_comment', 'post_id', 'post', 'CASCADE')],
      checks: [{ name: 'ck_post_comment_state', expression: "state in ('visible', 'hidden', 'deleted')" }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('post_comment');
  }
}
