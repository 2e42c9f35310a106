import { execFileSync } from 'node:child_process';

export const REDIS_URL = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
/** Asked before the tests are declared, so that without a Redis they are reported as skipped. */
const PROBE = `
const { Redis } = require('ioredis');
const redis = new Redis(process.argv[1], { lazyConnect: true, retryStrategy: null, connectTimeout: 1000 });
redis.on('error', () => {});
redis.connect().then(() => process.exit(0), () => process.exit(1));`;

function redisAnswers(): boolean {
  try {
    execFileSync(process.execPath, ['-e', PROBE, REDIS_URL], { stdio: 'ignore', timeout: 5_000 });
    return true;
  } catch {
    return false;
  }
}

export const describeWithRedis = redisAnswers() ? describe : describe.skip;
