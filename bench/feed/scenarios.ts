import type { RequestPlan } from 'autocannon';
import { Client } from 'pg';
import type { BenchClient } from '../client';
import type { Scenario } from '../scenario';
import { accountId, usernameOf } from './people';

const READERS = 40;
const DEEP_PAGE = 50;
/** Common and rare words, two together, a name with a typo. */
const QUERIES = ['lantern', 'coffee mountain', 'karimo', 'sotane', 'weekly question', 'Krishnamurty', 'behind scenes'];

interface Reader {
  readonly accountId: number;
  readonly headers: Record<string, string>;
  /** The fiftieth page of the feed, reached by following `next`. */
  readonly deepPage: string;
}

interface Places {
  readonly creators: number[];
  readonly posts: number[];
  readonly publicPosts: number[];
}

/** As many readers as connections and more take turns, so that no one's rows stay hot alone. */
export async function feedScenarios(client: BenchClient, databaseUrl: string, password: string): Promise<Scenario[]> {
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    const places = await placesIn(database);
    const readers = await readersOf(client, database, password);
    return [...reads(readers, places), ...reactions(readers, places)];
  } finally {
    await database.end();
  }
}

function reads(readers: readonly Reader[], { creators, posts }: Places): Scenario[] {
  return [
    read('feed, first page', readers, () => '/feed/api/feed'),
    read('feed, page 50 by cursor', readers, (_turn, { deepPage }) => deepPage),
    read('feed, ?page=50', readers, () => `/feed/api/feed?page=${DEEP_PAGE}`),
    read('profile', readers, (turn) => `/feed/api/user-profile/${at(creators, turn)}`),
    read('post detail', readers, (turn) => `/content/api/content/${at(posts, turn)}/`),
    read('search', readers, (turn) => `/feed/api/search?q=${encodeURIComponent(at(QUERIES, turn))}`),
  ];
}

function reactions(readers: readonly Reader[], { publicPosts }: Places): Scenario[] {
  // Each reader takes the posts one after the other, so that every like is a new one.
  let turns = 0;
  const next = (): [Reader, number] => {
    const turn = turns++;
    return [at(readers, turn), at(publicPosts, Math.floor(turn / readers.length))];
  };
  return [
    write('like', '/content/api/likes/', next, (post) => ({ content: post })),
    write('comment', '/content/api/comment/', next, (post) => ({ content: post, body: 'well played, all of you' })),
  ];
}

function read(name: string, readers: readonly Reader[], path: (turn: number, reader: Reader) => string): Scenario {
  let turns = 0;
  return inTurn(name, 200, () => {
    const turn = turns++;
    const reader = at(readers, turn);
    return { method: 'GET', path: path(turn, reader), headers: reader.headers };
  });
}

function write(name: string, path: string, next: () => [Reader, number], body: (post: number) => object): Scenario {
  return inTurn(name, 201, () => {
    const [{ headers }, post] = next();
    const json = { ...headers, 'content-type': 'application/json' };
    return { method: 'POST', path, headers: json, body: JSON.stringify(body(post)) };
  });
}

function inTurn(name: string, status: number, next: () => RequestPlan): Scenario {
  return {
    name,
    status,
    plan: () => ({ method: 'GET', path: '/', setupRequest: (request) => ({ ...request, ...next() }) }),
  };
}

async function placesIn(database: Client): Promise<Places> {
  const ids = async (text: string): Promise<number[]> => {
    const { rows } = await database.query<{ id: string }>(text);
    return rows.map(({ id }) => Number(id));
  };
  return {
    creators: await ids('select account_id as id from creator_counter order by account_id limit 500'),
    posts: await ids('select id from post where id % 97 = 0 order by id desc limit 2000'),
    publicPosts: await ids("select id from post where visibility = 'public' order by id desc limit 20000"),
  };
}

async function readersOf(client: BenchClient, database: Client, password: string): Promise<Reader[]> {
  const { rows } = await database.query<{ users: string }>('select count(*) as users from account');
  const users = Number(rows[0]?.users);
  const readers: Reader[] = [];
  while (readers.length < READERS) {
    // From the end, where nobody is a creator.
    const index = users - 10 - readers.length;
    const { access } = await client.logIn({ username: usernameOf(index), password });
    const headers = { cookie: `access_token=${access}` };
    readers.push({ accountId: accountId(index), headers, deepPage: await deepPage(client, headers) });
  }
  // What they liked in the seeded past would not be new.
  await database.query('delete from post_like where account_id = any($1)', [readers.map((reader) => reader.accountId)]);
  return readers;
}

async function deepPage(client: BenchClient, headers: Record<string, string>): Promise<string> {
  let path = '/feed/api/feed';
  for (let page = 1; page < DEEP_PAGE; page += 1) {
    const { next } = await client.get<{ next: string | null }>(path, headers);
    if (next === null) throw new Error(`the feed ends on page ${page}`);
    const url = new URL(next);
    path = url.pathname + url.search;
  }
  return path;
}

function at<T>(items: readonly T[], turn: number): T {
  const item = items[turn % items.length];
  if (item === undefined) throw new Error('nothing to take turns with');
  return item;
}
