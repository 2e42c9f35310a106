import sharp from 'sharp';
import { AccountService } from '../../src/auth/account/account.service';
import { Storage } from '../../src/infra/storage/storage';
import { loggedIn, type LoggedIn } from '../factories/administrator';
import { startTestApp, type TestApp } from '../setup/test-app';
import { temporaryFolder } from '../setup/test-settings';
import {
  bomb,
  filesIn,
  type ImageFormat,
  MULTIPART,
  multipart,
  type Part,
  pathOf,
  picture,
  send,
  spools,
} from './media.kit';

const USER = '/authenticate/rest-auth/user/';
const PICTURE = `${USER}picture/`;
const MAX = 100_000;

let app: TestApp;
let dataDir: string;

beforeAll(async () => {
  dataDir = temporaryFolder();
  app = await startTestApp({ DATA_DIR: dataDir, MEDIA_MAX_BYTES: String(MAX) });
});

const put = (person: LoggedIn, parts: readonly Part[]) => send(person, parts, PICTURE, 'PUT');
const shownBy = async (person: LoggedIn): Promise<string> =>
  (await person.call('GET', USER)).json<{ profile_pic: string }>().profile_pic;

async function pictured(person: LoggedIn, content?: Buffer): Promise<string> {
  const answer = await put(person, [{ content: content ?? (await picture(60, 40)) }]);
  expect(answer.statusCode).toBe(200);
  return answer.json<{ profile_pic: string }>().profile_pic;
}

describe('a profile picture', () => {
  it.each<ImageFormat>(['png', 'jpeg', 'webp', 'gif', 'avif'])('becomes a square WebP from a %s', async (format) => {
    const person = await loggedIn(app);
    const url = await pictured(person, await picture(700, 300, format));
    expect(url).toMatch(/^http:\/\/localhost:8000\/media\/pictures\/[0-9a-f]{32}\.webp$/);
    expect(await shownBy(person)).toBe(url);
    const answer = await app.inject({ method: 'GET', url: pathOf(url) });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/webp',
      'content-length': String(answer.rawPayload.length),
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ format: 'webp', width: 512, height: 512 });
  });

  it('says nothing of where it was taken', async () => {
    const image = sharp(await picture(60, 40, 'jpeg')).withExif({ IFD0: { Copyright: 'Ada, 12 Hill Street' } });
    const url = await pictured(await loggedIn(app), await image.jpeg().toBuffer());
    const { rawPayload } = await app.inject({ method: 'GET', url: pathOf(url) });
    expect((await sharp(rawPayload).metadata()).exif).toBeUndefined();
    expect(rawPayload.includes('Hill Street')).toBe(false);
  });

  it('makes room for the next one', async () => {
    await app.drained();
    const before = filesIn(dataDir).length;
    const person = await loggedIn(app);
    const [first, second] = [await pictured(person), await pictured(person)];
    expect(second).not.toBe(first);
    await app.drained();
    expect(filesIn(dataDir)).toHaveLength(before + 1);
    expect((await app.inject({ method: 'GET', url: pathOf(first) })).statusCode).toBe(404);
    expect((await app.inject({ method: 'GET', url: pathOf(second) })).statusCode).toBe(200);
  });

  it('is one, however many are sent at once', async () => {
    await app.drained();
    const before = filesIn(dataDir).length;
    const person = await loggedIn(app);
    const urls = await Promise.all(Array.from({ length: 6 }, () => pictured(person)));
    await app.drained();
    expect(filesIn(dataDir)).toHaveLength(before + 1);
    const shown = await shownBy(person);
    expect(urls).toContain(shown);
    expect((await app.inject({ method: 'GET', url: pathOf(shown) })).statusCode).toBe(200);
  });

  it('is taken down', async () => {
    await app.drained();
    const before = filesIn(dataDir).length;
    const person = await loggedIn(app);
    const url = await pictured(person);
    for (let times = 0; times < 2; times += 1) expect((await person.call('DELETE', PICTURE)).statusCode).toBe(204);
    expect(await shownBy(person)).toBe('');
    await app.drained();
    expect(filesIn(dataDir)).toHaveLength(before);
    const gone = await app.inject({ method: 'GET', url: pathOf(url) });
    expect([gone.statusCode, gone.headers['cache-control']]).toEqual([404, 'no-store']);
  });

  it('goes with the account', async () => {
    await app.drained();
    const before = filesIn(dataDir).length;
    const person = await loggedIn(app);
    await pictured(person);
    await app.get(AccountService).close(person.id);
    await app.drained();
    expect(filesIn(dataDir)).toHaveLength(before);
  });

  it('may still be a URL of elsewhere, or of somebody else, who keeps theirs', async () => {
    const [person, other] = [await loggedIn(app), await loggedIn(app)];
    const url = await pictured(other);
    for (const profile_pic of ['https://images.example.org/a.jpg', url]) {
      expect((await person.call('PATCH', USER, { profile_pic })).json()).toMatchObject({ profile_pic });
    }
    expect((await person.call('DELETE', PICTURE)).statusCode).toBe(204);
    expect(await shownBy(person)).toBe('');
    await app.drained();
    expect((await app.inject({ method: 'GET', url: pathOf(url) })).statusCode).toBe(200);
  });
});

describe('what is no picture is refused:', () => {
  const invalid = { file: [expect.stringContaining('Upload a valid image.')] };

  it.each<[string, () => Promise<readonly Part[]>, number, object]>([
    ['nothing', async () => [], 400, { file: ['No file was submitted.'] }],
    ['a text', async () => [{ filename: null, content: 'x' }], 400, { file: [expect.stringContaining('not a file')] }],
    ['an empty file', async () => [{ content: '' }], 400, { file: ['The submitted file is empty.'] }],
    ['a PDF', async () => [{ content: '%PDF-1.7\n' }], 400, invalid],
    ['an SVG', async () => [{ content: '<svg xmlns="http://www.w3.org/2000/svg"/>' }], 400, invalid],
    ['a film', async () => [{ content: '\0\0\0\x18ftypisom\0\0\x02\0isommp42' }], 400, invalid],
    ['half a picture', async () => [{ content: (await picture(900, 900, 'jpeg')).subarray(0, 4000) }], 400, invalid],
    ['a bomb', async () => [{ content: bomb(20_000, 20_000) }], 400, invalid],
    [
      'a large file',
      async () => [{ content: Buffer.concat([await picture(9, 9), Buffer.alloc(MAX)]) }],
      413,
      { detail: `The file is larger than ${MAX} bytes.` },
    ],
    [
      'two',
      async () => [{ content: await picture(9, 9) }, { content: await picture(9, 9) }],
      400,
      { file: ['Only one file can be submitted at once.'] },
    ],
  ])('%s', async (_, parts, status, body) => {
    const before = filesIn(dataDir).length;
    const person = await loggedIn(app);
    const answer = await put(person, await parts());
    expect([answer.statusCode, answer.json()]).toEqual([status, body]);
    expect(await shownBy(person)).toBe('');
    expect(filesIn(dataDir)).toHaveLength(before);
    expect(spools()).toEqual([]);
  });

  it('a stranger', async () => {
    const payload = multipart([{ content: await picture(9, 9) }]);
    expect((await app.inject({ method: 'PUT', url: PICTURE, payload, headers: MULTIPART })).statusCode).toBe(401);
    expect((await app.inject({ method: 'DELETE', url: PICTURE })).statusCode).toBe(401);
  });

  it("another site's page", async () => {
    const { username } = (await (await loggedIn(app)).call('GET', USER)).json<{ username: string }>();
    const login = await app.inject({
      method: 'POST',
      url: '/api/token/',
      payload: { username, password: 'correct-Horse-7-battery' },
    });
    const cookie = login.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const payload = multipart([{ content: await picture(9, 9) }]);
    const headers = { ...MULTIPART, cookie, origin: 'https://evil.example' };
    expect((await app.inject({ method: 'PUT', url: PICTURE, payload, headers })).statusCode).toBe(403);
  });

  it('JSON, and a wrong method', async () => {
    const person = await loggedIn(app);
    expect((await person.call('PUT', PICTURE, { file: 'x' })).statusCode).toBe(415);
    expect((await person.call('POST', PICTURE, {})).headers.allow).toBe('PUT, DELETE');
  });

  it('a storage that fails, and the picture stays as it was', async () => {
    const person = await loggedIn(app);
    const url = await pictured(person);
    const failing = jest.spyOn(app.get(Storage), 'put').mockRejectedValueOnce(new Error('disk full'));
    const answer = await put(person, [{ content: await picture(9, 9) }]);
    failing.mockRestore();
    expect(answer.statusCode).toBe(500);
    expect(await shownBy(person)).toBe(url);
  });

  it.each(['x.webp', '..%2f..%2fsecrets.json', `${'0'.repeat(32)}.webp`, `${'0'.repeat(32)}.png`, '%00'])(
    'a picture called %s',
    async (file) => {
      const answer = await app.inject({ method: 'GET', url: `/media/pictures/${file}` });
      expect([answer.statusCode, answer.json()]).toEqual([404, { detail: 'Not found.' }]);
    },
  );
});
