import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dialect } from '../src/infra/config/dialect';
import { withShortWords } from '../src/infra/database/short-words';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly document: string;
}

const TITLE_INDEX = 'add fulltext index ix_post_search_title (title)';
const DOCUMENT_INDEX = 'add fulltext index ix_post_search_document (document)';
const NO_INDEXES = 'drop index ix_post_search_title, drop index ix_post_search_document';
/** As `withShortWords` adds them. */
const SHORT_WORDS = /\n\S{1,2}_{1,2}(?: \S{1,2}_{1,2})*$/u;
const BATCH = 200;

/**
 * On MySQL posts are found by stop words (`the who`) and by words that are too short for its full-text index (`AI`) too,
 * as on PostgreSQL. InnoDB keeps with a table whether its indexes know stop words, from when they were made; it makes one
 * at a time.
 */
export class KeepShortWords1765500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    if (dialect === 'postgres') return;
    // A title with its short words is longer than a title.
    await queryRunner.query(`alter table post_search ${NO_INDEXES}, modify title text not null`);
    await rewrite(queryRunner, withShortWords);
    await queryRunner.query('set session innodb_ft_enable_stopword = 0');
    await addIndexes(queryRunner);
    await queryRunner.query('set session innodb_ft_enable_stopword = default');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    if (dialect === 'postgres') return;
    await queryRunner.query(`alter table post_search ${NO_INDEXES}`);
    await rewrite(queryRunner, (text) => text.replace(SHORT_WORDS, ''));
    await queryRunner.query('alter table post_search modify title varchar(200) not null');
    await addIndexes(queryRunner);
  }
}

async function addIndexes(queryRunner: QueryRunner): Promise<void> {
  for (const index of [TITLE_INDEX, DOCUMENT_INDEX]) await queryRunner.query(`alter table post_search ${index}`);
}

async function rewrite(queryRunner: QueryRunner, change: (text: string) => string): Promise<void> {
  for (let last = '0'; ;) {
    const rows = (await queryRunner.query(
      'select post_id as id, title, document from post_search where post_id > ? order by post_id limit ?',
      [last, BATCH],
    )) as Row[];
    for (const { id, title, document } of rows) {
      const values = [change(title), change(document), id];
      await queryRunner.query('update post_search set title = ?, document = ? where post_id = ?', values);
    }
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.id;
  }
}
