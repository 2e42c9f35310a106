import { randomBytes } from 'node:crypto';
import { BenchClient } from '../client';
import type { Suite } from '../scenario';
import { feedScenarios } from './scenarios';
import { BENCH_PASSWORD, seededDatabase } from './seeded-database';

const secret = (): string => randomBytes(32).toString('base64url');
const environment = { JWT_SECRET: secret(), FIELD_ENCRYPTION_KEY: secret(), ADMIN_PASSWORD: secret() };

/** Reading and reacting, in a community of the given size and in one of a tenth of it. */
export const feedSuite: Suite = {
  bareServer: 'feed/bare/server.js',
  environment: { ...environment, ADMIN_USERNAME: 'bench-admin', ADMIN_EMAIL: 'admin@bench.example' },
  databases: async (posts) => [await seededDatabase(Math.round(posts / 10)), await seededDatabase(posts)],
  prepare: (appUrl, databaseUrl) => feedScenarios(new BenchClient(appUrl), databaseUrl, BENCH_PASSWORD),
};
