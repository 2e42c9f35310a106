import type { QueryRunner } from 'typeorm';
import { KeepShortWords1765500000000 } from '../../../migrations/1765500000000-keep-short-words';
import { dialect } from '../../../src/infra/config/dialect';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

const describeOnMysql = dialect === 'mysql' ? describe : describe.skip;

describeOnMysql('posts that were there before short words were kept', () => {
  const migration = new KeepShortWords1765500000000();
  let test: TestDatabase;
  let queryRunner: QueryRunner;

  beforeAll(async () => {
    test = await startTestDatabase({});
    queryRunner = test.dataSource.createQueryRunner();
    await migration.down(queryRunner);
    await queryRunner.query(
      `insert into account (id, username, username_key, email, email_key, created_at, updated_at)
       values (1, 'a', 'a', 'a@example.org', 'a@example.org', now(), now())`,
    );
    await queryRunner.query(
      `insert into post (id, creator_id, kind, title, teaser, body, body_html, visibility, created_at, updated_at)
       values (1, 1, 'text', '', '', '', '', 'public', now(), now()), (2, 1, 'text', '', '', '', '', 'public', now(), now())`,
    );
    await queryRunner.query(
      `insert into post_search (post_id, title, document) values (1, 'The Who', 'The Who\\nC++ and AI'), (2, 'Marimba', 'Marimba')`,
    );
  });

  afterAll(() => queryRunner.release());

  async function found(query: string): Promise<number[]> {
    const rows = (await queryRunner.query(
      'select post_id as id from post_search where match (document) against (? in boolean mode) order by post_id',
      [query],
    )) as { id: string | number }[];
    return rows.map(({ id }) => Number(id));
  }

  const kept = (): Promise<unknown> =>
    queryRunner.query('select title, document from post_search order by post_id') as Promise<unknown>;

  it('are found by them afterwards, and no more when it is undone', async () => {
    const before = await kept();
    expect(await found('+the +who')).toEqual([]);
    await migration.up(queryRunner);
    expect([await found('+the +who'), await found('+c__ +ai_'), await found('+marimba')]).toEqual([[1], [1], [2]]);
    expect(await kept()).toEqual([
      { title: 'The Who', document: 'The Who\nC++ and AI\nc__ ai_' },
      { title: 'Marimba', document: 'Marimba' },
    ]);
    await migration.down(queryRunner);
    expect([await found('+the +who'), await found('+marimba'), await kept()]).toEqual([[], [2], before]);
    await migration.up(queryRunner);
    expect(await found('+the +who')).toEqual([1]);
  });
});
