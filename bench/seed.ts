import { parseArgs } from 'node:util';
import { seededDatabase } from './feed/seeded-database';

const { values } = parseArgs({ options: { posts: { type: 'string', default: '1000000' } } });

async function run(): Promise<void> {
  const posts = Number(values.posts);
  if (!Number.isSafeInteger(posts) || posts < 1000) throw new Error('npm run bench:seed -- --posts N, from 1000');
  const database = await seededDatabase(posts);
  console.log(database.server);
  await database.release();
}

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
