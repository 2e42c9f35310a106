import { MediaRepository } from '../../src/content/media/media.repository';
import { MediaSweeper } from '../../src/content/media/media.sweeper';
import { PostReferenceRepository } from '../../src/content/post/post-reference.repository';
import { Database, statement } from '../../src/infra/database/database';
import { UnitOfWork } from '../../src/infra/database/unit-of-work';
import type { LoggedIn } from '../factories/administrator';
import { aPost, aPoster } from '../factories/post';
import { startTestApp, type TestApp } from '../setup/test-app';
import { temporaryFolder } from '../setup/test-settings';
import { filesIn, picture, uploaded } from './media.kit';

const HOUR_MS = 3_600_000;
const AGE = statement('test.age-media', 'update media set created_at = $2 where id = $1');
const NAME = statement('test.name-media', 'insert into post_media (post_id, media_id, position) values ($1, $2, 0)');

let app: TestApp;
let dataDir: string;
let person: LoggedIn;

beforeAll(async () => {
  dataDir = temporaryFolder();
  app = await startTestApp({ DATA_DIR: dataDir });
});

beforeEach(async () => {
  person = await aPoster(app);
});

async function file(hours: number): Promise<number> {
  const { id } = await uploaded(person, { content: await picture(20, 20) });
  await app.get(Database).execute(AGE, [id, new Date(Date.now() - hours * HOUR_MS)]);
  return id;
}

const sweep = (): Promise<number> => app.get(MediaSweeper).run();
const kept = (): Promise<number> => app.get(MediaRepository).count(person.id);

it('a file that no post has named within a day goes, with its bytes', async () => {
  await aPost(app, person, { kind: 'image', media: [await file(25)], status: 'draft' });
  for (const hours of [23, 25, 49]) await file(hours);
  expect(filesIn(dataDir)).toHaveLength(8);
  expect([await sweep(), await kept(), await sweep()]).toEqual([2, 2, 0]);
  await app.drained();
  expect(filesIn(dataDir)).toHaveLength(4);
});

it('one that a post begins to name stays', async () => {
  const [id, post] = [await file(25), await aPost(app, person)];
  let name = (): void => {};
  const decided = new Promise<void>((resolve) => (name = resolve));
  let naming = Promise.resolve();
  await new Promise<void>((held) => {
    naming = app.get(UnitOfWork).run(async () => {
      expect(await app.get(PostReferenceRepository).unknownMedia([id], person.id)).toEqual([]);
      held();
      await decided;
      await app.get(Database).execute(NAME, [post.id, id]);
    });
  });
  expect(await sweep()).toBe(0);
  name();
  await naming;
  expect([await sweep(), await kept()]).toEqual([0, 1]);
});

it('one that was named after it had been found stays', async () => {
  const id = await file(25);
  await aPost(app, person, { kind: 'image', media: [id] });
  const found = jest.spyOn(app.get(MediaRepository), 'abandoned').mockResolvedValueOnce([id]);
  expect([await sweep(), await kept()]).toEqual([0, 1]);
  expect(found).toHaveBeenCalledTimes(1);
});
