import type { Client } from 'pg';
import { Community } from './community';
import { copyInto, type TableRows, withoutIndexes } from './copy';
import { accounts, counters, follows, membershipSources, memberships, prices, tiers, trigrams } from './people';
import { comments, likes, posts, postTiers } from './posts';
import { shapeOf } from './shape';

const SESSION = [
  'set synchronous_commit = off',
  "set maintenance_work_mem = '512MB'",
  'set max_parallel_maintenance_workers = 2',
];

/** What the application writes beside a post, of all posts at once. */
const SEARCH = `insert into post_search (post_id, document)
  select id, setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', teaser), 'B')
    || setweight(to_tsvector('simple', body), 'C') from post`;

const SEQUENCES = ['account', 'tier', 'membership', 'post'];

/** Fills a migrated, empty PostgreSQL database; the same community for the same size. */
export async function seed(client: Client, size: number, passwordHash: string, now: Date): Promise<void> {
  for (const setting of SESSION) await client.query(setting);
  const started = performance.now();
  const community = new Community(shapeOf(size), now);
  report('worked out', started);
  const people = [
    accounts(community, passwordHash, now),
    trigrams(community),
    tiers(community, now),
    prices(community, now),
  ];
  const members = [memberships(community, now), membershipSources(community, now), follows(community, now)];
  const content = [posts(community), postTiers(community), likes(community), comments(community)];
  for (const table of [...people, ...members, counters(community), ...content]) await fill(client, table);
  await search(client);
  for (const table of SEQUENCES) {
    await client.query(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`);
  }
  await client.query('vacuum analyze');
  report('in all', started);
}

async function fill(client: Client, table: TableRows): Promise<void> {
  const started = performance.now();
  await copyInto(client, table);
  report(table.table, started);
}

async function search(client: Client): Promise<void> {
  const started = performance.now();
  await withoutIndexes(client, 'post_search', () => client.query(SEARCH));
  report('post_search', started);
}

function report(what: string, started: number): void {
  console.log(`${what.padEnd(18)}${((performance.now() - started) / 1000).toFixed(1)} s`);
}
