import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dialect } from '../src/infra/config/dialect';

/** Full text has no common form: a weighted tsvector (A = title) on PostgreSQL, two FULLTEXT indexes on MySQL. */
const TABLE = {
  postgres: [
    `create table post_search (
       post_id bigint not null constraint pk_post_search primary key
         constraint fk_post_search_post references post (id) on delete cascade,
       document tsvector not null)`,
    'create index ix_post_search_document on post_search using gin (document)',
  ],
  mysql: [
    `create table post_search (
       post_id bigint not null primary key,
       title varchar(200) not null,
       document longtext not null,
       fulltext index ix_post_search_title (title),
       fulltext index ix_post_search_document (document),
       constraint fk_post_search_post foreign key (post_id) references post (id) on delete cascade
     ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`,
  ],
} as const;

export class CreatePostSearch1765000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of TABLE[dialect]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('post_search');
  }
}
