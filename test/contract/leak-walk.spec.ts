import { ApiDocument } from '../../src/infra/docs/api-document';
import { operationsOf } from '../../src/infra/docs/open-api.types';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { aPost } from '../factories/post';
import { aCreator, aTier, memberOf } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

jest.setTimeout(180_000);

/** Stands wherever a locked post must not be read: body, link, the name of its file, comments. One word, so that search finds it. */
const SECRET = 'wombatquartz';
/** Stands in the titles of the same posts, which everybody may see: the walk does come by them. */
const TITLE = 'fernwhistle';

type Reader = 'stranger' | 'follower' | 'member of another tier' | 'lapsed member';

let app: TestApp;
let creator: LoggedIn;
let member: LoggedIn;
let readers: Record<Reader, (url: string) => ReturnType<LoggedIn['call']>>;
let urls: string[];

const asStranger = (url: string): ReturnType<LoggedIn['call']> => app.inject({ method: 'GET', url });
const as =
  (person: LoggedIn) =>
  (url: string): ReturnType<LoggedIn['call']> =>
    person.call('GET', url);

beforeAll(async () => {
  app = await startTestApp({ RATE_LIMITS: 'off' });
  creator = await aCreator(app);
  member = await loggedIn(app);
  const [follower, other, lapsed] = [await loggedIn(app), await loggedIn(app), await loggedIn(app)];
  const [gold, silver] = [await aTier(app, creator), await aTier(app, creator)];
  await memberOf(app, member, gold);
  await memberOf(app, other, silver);
  await memberOf(app, lapsed, gold, { endsAt: new Date(Date.now() - 60_000) });
  for (const person of [follower, member]) await person.call('POST', `/feed/api/follow/${creator.id}`);
  readers = {
    stranger: asStranger,
    follower: as(follower),
    'member of another tier': as(other),
    'lapsed member': as(lapsed),
  };
  urls = pathsWith(await idsOf(await lockedPosts(gold.id)));
});

/** A post for the tier, drafts and posts to come, each with the secret wherever it can be. */
async function lockedPosts(tier: number): Promise<number[]> {
  const upload = await uploaded(`${SECRET}.png`);
  const secret = {
    title: `The ${TITLE} sessions`,
    body: `# ${SECRET}\n\nNever *${SECRET}* aloud.`,
    kind: 'link',
    link: `https://example.org/${SECRET}`,
    media: [upload],
  };
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  const open = await aPost(app, creator, { ...secret, tiers: [tier] });
  const rest = [
    await aPost(app, creator, { ...secret, tiers: [tier], media: [], status: 'draft' }),
    await aPost(app, creator, { ...secret, tiers: [tier], media: [], status: 'scheduled', publish_at: soon }),
  ];
  const comment = { content: open.id, body: `I like the ${SECRET}` };
  expect((await member.call('POST', '/content/api/comment/', comment)).statusCode).toBe(201);
  expect((await member.call('POST', '/content/api/likes/', { content: open.id })).statusCode).toBe(201);
  return [open.id, ...rest.map(({ id }) => id)];
}

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function uploaded(filename: string): Promise<number> {
  const boundary = 'a-boundary';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: image/png\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(head),
    Buffer.from(PIXEL, 'base64'),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  const answer = await creator.call('POST', '/content/api/media/', payload, headers);
  expect(answer.statusCode).toBe(201);
  return answer.json<{ id: number }>().id;
}

/** Whatever a path might ask for by number: posts, people, and the small ids of all else. */
async function idsOf(posts: readonly number[]): Promise<number[]> {
  return [...new Set([...posts, creator.id, member.id, 1, 2, 3])];
}

/** Every GET route of the document, with every id, and with the questions that could bring a post in. */
function pathsWith(ids: readonly number[]): string[] {
  const document = app.get(ApiDocument).complete();
  const questions = ['', `?q=${SECRET}`, `?q=${TITLE}`, ...ids.map((id) => `?content=${id}`), `?creator=${creator.id}`];
  const gets = Object.entries(document.paths).filter(([, item]) =>
    operationsOf(item).some(([method]) => method === 'get'),
  );
  const filled = gets.flatMap(([path]) =>
    path.includes('{')
      ? ids.map((id) => path.replace(/\{\w+\}/g, String(id)))
      : questions.map((question) => path + question),
  );
  // It answers for as long as it is listened to.
  return filled.filter((path) => !path.includes('/stream'));
}

it.each<Reader>(['stranger', 'follower', 'member of another tier', 'lapsed member'])(
  'no GET route tells a %s what is locked',
  async (reader) => {
    const read = readers[reader];
    let titles = 0;
    for (const url of urls) {
      // What was asked for may be said back.
      const asked = url.includes(SECRET) ? SECRET : '';
      const { body, headers, statusCode } = await read(url);
      expect([url, statusCode < 500]).toEqual([url, true]);
      const told = `${body}${JSON.stringify(headers)}`.replaceAll(`q=${asked}`, '');
      expect([url, told.includes(SECRET)]).toEqual([url, false]);
      // Found by a word of its text, the post would tell of it by being found.
      expect([url, url.includes(`search?q=${SECRET}`) && body.includes(TITLE)]).toEqual([url, false]);
      if (body.includes(TITLE)) titles += 1;
    }
    expect(titles).toBeGreaterThan(2);
  },
);

it('the same walk shows a member and the author what is theirs to read', async () => {
  for (const person of [member, creator]) {
    const told: string[] = [];
    for (const url of urls) {
      const { body } = await person.call('GET', url);
      if (body.replaceAll(`q=${SECRET}`, '').includes(SECRET)) told.push(url.replace(/[?\d].*$/, ''));
    }
    expect([...new Set(told)].sort()).toEqual(
      expect.arrayContaining(
        [
          '/content/api/comment/',
          '/content/api/content/',
          '/feed/api/feed',
          '/feed/api/search',
          '/feed/api/user-profile/',
        ].filter((path) => person === member || path !== '/feed/api/feed'),
      ),
    );
  }
});
