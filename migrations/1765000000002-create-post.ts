import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  counter,
  flag,
  instant,
  longText,
  primaryId,
  reference,
  varchar,
} from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreatePost1765000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'post',
      columns: [
        primaryId('post'),
        reference('creator_id'),
        varchar('kind', 8),
        varchar('title', 200),
        varchar('teaser', 1000),
        longText('body'),
        // The body as sanitised HTML, made once when it is written.
        longText('body_html'),
        varchar('link', 2048, { isNullable: true }),
        varchar('visibility', 10),
        flag('is_draft', false),
        // NULL for drafts. In the future: scheduled.
        instant('publish_at', { isNullable: true }),
        // Neither a draft nor withdrawn nor without any of the tiers it is for: out as soon as its time has come.
        flag('listed', false),
        // Whether `creator_counter.post_count` knows of it: a scheduled post is counted when its time has come.
        flag('counted', false),
        // Whether `post-published` was told of it: once, however often it is withdrawn and put back.
        flag('announced', false),
        instant('hidden_at', { isNullable: true }),
        counter('like_count'),
        counter('comment_count'),
        { name: 'version', type: 'integer', default: 1 },
        instant('created_at'),
        instant('updated_at'),
      ],
      indices: [
        // A creator's own posts, newest first.
        { name: 'ix_post_creator_publish', columnNames: ['creator_id', 'publish_at', 'id'] },
        // What is out of a creator's posts, newest first: feeds and profiles, which need no row but those they show.
        { name: 'ix_post_creator_listed', columnNames: ['creator_id', 'listed', 'publish_at', 'id'] },
        // What a feed's count has to add to the counters.
        { name: 'ix_post_creator_counted', columnNames: ['creator_id', 'counted', 'publish_at'] },
        // The job that counts what has come due.
        { name: 'ix_post_counted', columnNames: ['counted', 'publish_at'] },
      ],
      checks: [
        {
          name: 'ck_post_visibility',
          expression: "visibility in ('public', 'followers', 'members', 'tiers')",
        },
        { name: 'ck_post_kind', expression: "kind in ('text', 'image', 'video', 'audio', 'link')" },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('post');
  }
}
