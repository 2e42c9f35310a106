import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { benchDatabase, onServer } from '../bench-database';
import { BenchClient } from '../client';
import type { Scenario, Suite } from '../scenario';
import type { ServerProcess } from '../server-process';
import { bearer, measureFanOut } from './fan-out';
import { CREATOR, FOLLOWERS, nameOf, NOTIFICATIONS, PASSWORD, seedNotifications } from './seed';
import { measureStreams } from './streams';

const READERS = 200;
const STREAMS_OF_EACH = 10;

const secret = (): string => randomBytes(32).toString('base64url');

let databaseUrl: string;
let creator: string;
let readers: string[];

/** The bell with 1,000,000 notifications, a post that is told to 100,000, and what open streams hold. */
export const notificationsSuite: Suite = {
  bareServer: 'notifications/bare/server.js',
  environment: {
    JWT_SECRET: secret(),
    FIELD_ENCRYPTION_KEY: secret(),
    ADMIN_USERNAME: 'bench-admin',
    ADMIN_EMAIL: 'admin@bench.example',
    ADMIN_PASSWORD: secret(),
    ACCESS_TOKEN_TTL: '1h',
  },
  databases: async () => [await benchDatabase()],
  async prepare(appUrl, url) {
    databaseUrl = url;
    await onServer(url, async (client) => {
      await client.query('truncate account restart identity cascade');
      await seedNotifications(client);
    });
    const client = new BenchClient(appUrl);
    const tokenOf = async (id: number): Promise<string> =>
      (await client.logIn({ username: nameOf(id), password: PASSWORD })).access;
    creator = await tokenOf(CREATOR);
    readers = [];
    for (let id = 2; id < 2 + READERS; id += 1) readers.push(await tokenOf(id));
    return [list('bell, ten items', 10), list('bell, a hundred items', 100), list('bell, the unread count', 1)];
  },
  async conclude(app) {
    await reportFanOut(app);
    await reportStreams(app);
  },
};

function list(name: string, max: number): Scenario {
  return {
    name: `${name} of ${NOTIFICATIONS}`,
    status: 200,
    plan: () => {
      let turn = 0;
      return {
        method: 'GET',
        path: `/feed/api/notifications/?max=${max}`,
        setupRequest: (request) => {
          turn += 1;
          return { ...request, headers: { ...request.headers, ...bearer(readers[turn % readers.length] ?? '') } };
        },
      };
    },
  };
}

async function reportFanOut({ url }: ServerProcess): Promise<void> {
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  const told = await measureFanOut(url, database, creator, readers, FOLLOWERS);
  await database.end();
  const { seconds, meanwhile, atRest } = told;
  console.log(`a post told to ${told.readers} followers: the last after ${seconds.toFixed(1)} s`);
  console.log(`  lists meanwhile  p50 ${meanwhile.p50.toFixed(2)} ms   p99 ${meanwhile.p99.toFixed(2)} ms`);
  console.log(`  lists at rest    p50 ${atRest.p50.toFixed(2)} ms   p99 ${atRest.p99.toFixed(2)} ms`);
}

async function reportStreams(app: ServerProcess): Promise<void> {
  const { streams, before, open } = await measureStreams(app, readers, STREAMS_OF_EACH);
  const more = open - before;
  console.log(`${streams} open streams: ${open.toFixed(0)} MB, ${more.toFixed(0)} MB more than none`);
}
