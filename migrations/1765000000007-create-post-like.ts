import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, foreignKey, instant, primaryId, reference } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreatePostLike1765000000007 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'post_like',
      columns: [
        primaryId('post_like'),
        reference('post_id'),
        reference('account_id'),
        reference('creator_id'),
        flag('liked', true),
        instant('created_at'),
        instant('updated_at'),
      ],
      // One like of a person for a post.
      uniques: [{ name: 'uq_post_like_post_account', columnNames: ['post_id', 'account_id'] }],
      indices: [
        // A post's likes, newest first.
        { name: 'ix_post_like_post', columnNames: ['post_id', 'liked', 'id'] },
        { name: 'ix_post_like_account', columnNames: ['account_id', 'id'] },
        // Likes over time.
        { name: 'ix_post_like_creator', columnNames: ['creator_id', 'created_at'] },
      ],
      foreignKeys: [foreignKey('post_like', 'post_id', 'post', 'CASCADE')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('post_like');
  }
}
