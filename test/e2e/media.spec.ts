import { request } from 'node:http';
import sharp from 'sharp';
import { AccountService } from '../../src/auth/account/account.service';
import { RATE_POLICIES } from '../../src/infra/rate-limit/rate-limit.policies';
import { Storage } from '../../src/infra/storage/storage';
import { loggedIn, type LoggedIn } from '../factories/administrator';
import { aPost, aPoster } from '../factories/post';
import { startTestApp, type TestApp } from '../setup/test-app';
import { temporaryFolder } from '../setup/test-settings';
import {
  type AnsweredMedia,
  bearerOf,
  bomb,
  eventually,
  filesIn,
  type ImageFormat,
  MULTIPART,
  multipart,
  type Part,
  pathOf,
  picture,
  SAMPLES,
  send,
  spools,
  uploaded,
} from './media.kit';

const MAX = 200_000;
const QUOTA = 1_000_000;
const MEDIA = '/content/api/media/';
const FORBIDDEN = { detail: 'You do not have permission to perform this action.' };

let app: TestApp;
let dataDir: string;

beforeAll(async () => {
  dataDir = temporaryFolder();
  app = await startTestApp({ DATA_DIR: dataDir, MEDIA_MAX_BYTES: String(MAX), MEDIA_QUOTA: String(QUOTA) });
});

const listOf = async (person: LoggedIn): Promise<{ count: number; results: AnsweredMedia[] }> =>
  (await person.call('GET', MEDIA)).json();

const pdf = (bytes: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(bytes - 9, 'x')]);
describe('an upload', () => {
  it('of an image is answered with its size, its links and a small preview', async () => {
    const person = await aPoster(app);
    const content = await picture(1200, 800);
    const answer = await send(person, [{ filename: 'cover.png', content }]);
    expect(answer.statusCode).toBe(201);
    const media = answer.json<AnsweredMedia>();
    expect(media).toEqual({
      id: expect.any(Number),
      kind: 'image',
      content_type: 'image/png',
      name: 'cover.png',
      size: content.length,
      width: 1200,
      height: 800,
      url: expect.stringMatching(`^http://localhost:8000/content/media/${media.id}/original\\?expires=\\d+&signature=`),
      preview_url: expect.stringMatching(`/content/media/${media.id}/preview\\?`),
    });
    const original = await app.inject({ method: 'GET', url: pathOf(media.url) });
    expect(original.rawPayload.equals(content)).toBe(true);
    const preview = await app.inject({ method: 'GET', url: pathOf(media.preview_url ?? '') });
    expect(preview.headers['content-type']).toBe('image/webp');
    expect(await sharp(preview.rawPayload).metadata()).toMatchObject({ format: 'webp', width: 480, height: 320 });
    expect((await listOf(person)).results.map(({ id }) => id)).toEqual([media.id]);
    expect(spools()).toEqual([]);
  });

  it.each<ImageFormat>(['png', 'jpeg', 'webp', 'gif', 'avif'])('may be a %s', async (format) => {
    const person = await aPoster(app);
    const media = await uploaded(person, { filename: 'x', type: 'text/html', content: await picture(40, 30, format) });
    expect(media).toMatchObject({ kind: 'image', content_type: `image/${format}`, width: 40, height: 30 });
    const preview = await app.inject({ method: 'GET', url: pathOf(media.preview_url ?? '') });
    expect(await sharp(preview.rawPayload).metadata()).toMatchObject({ width: 40, height: 30 });
  });

  it.each(SAMPLES)('is %s of type %s: %s', async (kind, content_type, filename, content) => {
    const media = await uploaded(await aPoster(app), { filename, type: 'image/png', content });
    expect(media).toMatchObject({ kind, content_type, size: content.length, width: null, preview_url: null });
  });

  it('is measured as it is shown, and kept as it is', async () => {
    const person = await aPoster(app);
    const content = await picture(300, 200, 'jpeg', 6);
    const media = await uploaded(person, { content });
    expect(media).toMatchObject({ width: 200, height: 300 });
    expect((await app.inject({ method: 'GET', url: pathOf(media.url) })).rawPayload.equals(content)).toBe(true);
    const preview = await app.inject({ method: 'GET', url: pathOf(media.preview_url ?? '') });
    expect(await sharp(preview.rawPayload).metadata()).toMatchObject({ width: 200, height: 300 });
  });

  it.each([
    ['../../../etc/passwd', 'passwd'],
    ['a\u0001\u001b[31mb.png', 'a[31mb.png'],
    ['bil\u202egnp.exe', 'bilgnp.exe'],
    ['चित्र 🎨.png', 'चित्र 🎨.png'],
    ['..', 'file'],
  ])('called %j is called %j', async (filename, name) => {
    expect(await uploaded(await aPoster(app), { filename, content: pdf(20) })).toMatchObject({ name });
  });

  it('ignores what else the form holds', async () => {
    const parts: Part[] = [{ name: 'title', filename: null, content: 'x' }, { content: pdf(20) }];
    expect((await send(await aPoster(app), parts)).statusCode).toBe(201);
  });
});

describe('a refused upload leaves nothing behind:', () => {
  let person: LoggedIn;
  let before: string[];

  beforeEach(async () => {
    person = await aPoster(app);
    before = filesIn(dataDir);
  });

  afterEach(async () => {
    await eventually(() => filesIn(dataDir).length <= before.length);
    expect((await listOf(person)).count).toBe(0);
    await eventually(() => spools().length === 0);
  });

  const refused = async (parts: readonly Part[], message: string): Promise<void> => {
    const answer = await send(person, parts);
    expect([answer.statusCode, answer.json()]).toEqual([400, { file: [expect.stringContaining(message)] }]);
  };

  it('no file', () => refused([], 'No file was submitted.'));
  it('a text in its place', () => refused([{ filename: null, content: 'x' }], 'was not a file'));
  it('only other fields', () => refused([{ name: 'x', filename: null, content: 'x' }], 'No file was submitted.'));
  it('another name', () => refused([{ name: 'image', content: pdf(20) }], 'No file was submitted.'));
  it('two files', () => refused([{ content: pdf(20) }, { content: pdf(20) }], 'Only one file'));
  it('an empty file', () => refused([{ content: '' }], 'The submitted file is empty.'));

  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['XML and SVG', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>'],
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['a program', 'MZ\x90\0\x03'],
    ['an archive', Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0])],
    ['TIFF', Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 0, 0])],
    ['text', 'just words'],
    ['one byte', 'x'],
  ])('%s that is called an image', (_, content) =>
    refused([{ filename: 'x.png', type: 'image/png', content }], 'no file of a known type'),
  );

  it('half a PNG', async () => {
    const whole = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: 'red',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    })
      .png()
      .toBuffer();
    await refused([{ content: whole.subarray(0, Math.min(whole.length / 2, MAX / 2)) }], 'corrupted image');
  });

  it('half a JPEG', async () => {
    const whole = await picture(900, 900, 'jpeg');
    await refused([{ content: whole.subarray(0, whole.length / 2) }], 'corrupted image');
  });

  it('the first bytes of a PNG, and then something else', () =>
    refused([{ content: Buffer.concat([bomb(8, 8).subarray(0, 33), Buffer.from('<script>')]) }], 'corrupted image'));

  it('a picture that would fill the memory', async () => {
    const content = bomb(30_000, 30_000);
    expect(content.length).toBeLessThan(MAX);
    await refused([{ content }], 'corrupted image');
  });

  it('a file over the limit', async () => {
    const answer = await send(person, [{ content: pdf(MAX + 1) }]);
    expect([answer.statusCode, answer.json()]).toEqual([413, { detail: `The file is larger than ${MAX} bytes.` }]);
  });

  it('a form without an end', async () => {
    const answer = await person.call('POST', MEDIA, multipart([{ content: pdf(5000) }], ''), MULTIPART);
    expect([answer.statusCode, answer.json()]).toEqual([400, { detail: 'Multipart form parse error.' }]);
  });

  it('a file without an end', async () => {
    const body = multipart([{ content: pdf(50_000) }]).subarray(0, 40_000);
    const answer = await person.call('POST', MEDIA, body, MULTIPART);
    expect([answer.statusCode, answer.json()]).toEqual([400, { detail: 'Multipart form parse error.' }]);
  });

  it('no boundary', async () => {
    const headers = { 'content-type': 'multipart/form-data' };
    const answer = await person.call('POST', MEDIA, multipart([{ content: pdf(20) }]), headers);
    expect([answer.statusCode, answer.json()]).toEqual([400, { detail: 'Multipart form parse error.' }]);
  });

  it('an empty body', async () => {
    const answer = await person.call('POST', MEDIA, Buffer.alloc(0), MULTIPART);
    expect([answer.statusCode, answer.json()]).toEqual([400, { file: ['No file was submitted.'] }]);
    const none = await person.call('POST', MEDIA);
    expect([none.statusCode, none.json()]).toEqual([400, { file: ['No file was submitted.'] }]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('a field called %s', async (name) => {
    const answer = await send(person, [{ name, filename: null, content: 'x' }, { content: pdf(20) }]);
    expect(answer.statusCode).toBeLessThan(500);
    for (const { id } of (await listOf(person)).results) await person.call('DELETE', `${MEDIA}${id}/`);
    await app.drained();
  });

  it('too many fields', async () => {
    for (const fields of [11, 50, 5000]) {
      const many = Array.from({ length: fields }, (_, at) => ({ name: `x${at}`, filename: null, content: 'x' }));
      await refused([...many, { content: pdf(20) }], 'The form has too many parts: send nothing but the file.');
    }
  });

  it('somebody who is no creator', async () => {
    const put = jest.spyOn(app.get(Storage), 'put');
    const answer = await send(await loggedIn(app), [{ content: pdf(20) }]);
    expect([answer.statusCode, answer.json()]).toEqual([403, FORBIDDEN]);
    expect(put).not.toHaveBeenCalled();
    put.mockRestore();
  });

  it('somebody who is a creator no longer', async () => {
    const storage = app.get(Storage);
    const put = storage.put.bind(storage);
    const spy = jest.spyOn(storage, 'put').mockImplementation(async (...all) => {
      await app.get(AccountService).updateProfile(person.id, { isCreator: false });
      return put(...all);
    });
    const answer = await send(person, [{ content: pdf(20) }]);
    spy.mockRestore();
    expect([answer.statusCode, answer.json()]).toEqual([403, FORBIDDEN]);
  });

  it('JSON', async () => {
    const answer = await person.call('POST', MEDIA, { file: 'x' });
    expect([answer.statusCode, answer.json()]).toEqual([
      415,
      { detail: 'Unsupported media type "application/json" in request.' },
    ]);
  });

  it('a stranger', async () => {
    const payload = multipart([{ content: pdf(20) }]);
    const answer = await app.inject({ method: 'POST', url: MEDIA, payload, headers: MULTIPART });
    expect(answer.statusCode).toBe(401);
  });

  it('a storage that fails', async () => {
    const put = jest.spyOn(app.get(Storage), 'put').mockRejectedValueOnce(new Error('disk full'));
    const answer = await send(person, [{ content: pdf(20) }]);
    put.mockRestore();
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('disk');
  });

  it('a preview that can not be stored', async () => {
    const storage = app.get(Storage);
    const put = storage.put.bind(storage);
    const spy = jest
      .spyOn(storage, 'put')
      .mockImplementation((key, ...rest) =>
        key.startsWith('previews') ? Promise.reject(new Error('disk full')) : put(key, ...rest),
      );
    const answer = await send(person, [{ content: await picture(10, 10) }]);
    spy.mockRestore();
    expect(answer.statusCode).toBe(500);
  });

  it('an account that is closed meanwhile', async () => {
    const storage = app.get(Storage);
    const put = storage.put.bind(storage);
    const leaver = await aPoster(app);
    const spy = jest.spyOn(storage, 'put').mockImplementation(async (...all) => {
      await app.get(AccountService).close(leaver.id);
      return put(...all);
    });
    const answer = await send(leaver, [{ content: pdf(20) }]);
    spy.mockRestore();
    expect(answer.statusCode).toBe(401);
  });
});

describe('over the wire', () => {
  it('an upload that is cut off leaves nothing behind', async () => {
    const before = filesIn(dataDir);
    const person = await aPoster(app);
    const authorization = await bearerOf(app, person);
    const body = multipart([{ content: pdf(150_000) }]);
    const headers = { ...MULTIPART, authorization, 'content-length': body.length };
    const call = request(`${await app.url()}${MEDIA}`, { method: 'POST', headers });
    call.on('error', () => {});
    call.write(body.subarray(0, 120_000));
    await eventually(() => filesIn(dataDir).length > before.length);
    call.destroy();
    await eventually(() => filesIn(dataDir).length === before.length);
    expect((await listOf(person)).count).toBe(0);
  });

  it('a body that is far too long is answered, and the connection lives on', async () => {
    const authorization = await bearerOf(app, await aPoster(app));
    const body = multipart([{ content: pdf(20_000_000) }]);
    const answer = await fetch(`${await app.url()}${MEDIA}`, {
      method: 'POST',
      headers: { ...MULTIPART, authorization },
      body,
    });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({ detail: `The file is larger than ${MAX} bytes.` });
    await eventually(() => !filesIn(dataDir).some((name) => name.includes('-')));
  });
});

describe('the quota', () => {
  it('is named when it is reached', async () => {
    const person = await aPoster(app);
    for (let files = 0; files < 4; files += 1) await uploaded(person, { content: pdf(MAX) });
    await uploaded(person, { content: pdf(100_000) });
    const refused = { file: [`Your files may take ${QUOTA} bytes together: this one would be too much.`] };
    const over = await send(person, [{ content: pdf(100_001) }]);
    expect([over.statusCode, over.json()]).toEqual([400, refused]);
    await uploaded(person, { content: pdf(100_000) });
    const full = await send(person, [{ content: pdf(10) }]);
    expect([full.statusCode, full.json()]).toEqual([400, refused]);
    const [last] = (await listOf(person)).results;
    expect((await person.call('DELETE', `${MEDIA}${last!.id}/`)).statusCode).toBe(204);
    await uploaded(person, { content: pdf(100_000) });
  });

  it('holds for uploads at once', async () => {
    const before = filesIn(dataDir).length;
    const person = await aPoster(app);
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(person, [{ content: pdf(MAX) }])));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([
      ...Array<number>(5).fill(201),
      ...Array<number>(7).fill(400),
    ]);
    expect((await listOf(person)).count).toBe(5);
    expect(filesIn(dataDir).length).toBe(before + 5);
  });
});

it('has a limit', async () => {
  expect(RATE_POLICIES.upload).toEqual({ limit: 30, windowSeconds: 60 });
  const limited = await startTestApp({ RATE_LIMITS: 'on' });
  const { headers } = await limited.inject({ method: 'POST', url: MEDIA });
  // It would be told of files that lie in the other's folder.
  await limited.close();
  expect(headers['ratelimit-limit'] ?? headers['x-ratelimit-limit'] ?? '').toMatch(/30(?!0)/);
});

describe("one's own files", () => {
  it('come newest first, page by page', async () => {
    const person = await aPoster(app);
    const ids: number[] = [];
    for (let files = 0; files < 3; files += 1) ids.unshift((await uploaded(person, { content: pdf(20) })).id);
    const first = await person.call('GET', `${MEDIA}?page_size=2`);
    expect(first.json()).toMatchObject({ count: 3, previous: null, results: [{ id: ids[0] }, { id: ids[1] }] });
    const second = await person.call('GET', pathOf(first.json<{ next: string }>().next));
    expect(second.json()).toMatchObject({ next: null, results: [{ id: ids[2] }] });
    expect((await person.call('GET', `${MEDIA}?page=9`)).json()).toEqual({ detail: 'Invalid page.' });
  });

  it("are nobody else's", async () => {
    const [person, other] = [await aPoster(app), await aPoster(app)];
    const { id } = await uploaded(person, { content: pdf(20) });
    expect((await person.call('GET', `${MEDIA}${id}/`)).json()).toMatchObject({ id, kind: 'document' });
    for (const method of ['GET', 'DELETE'] as const) {
      const answer = await other.call(method, `${MEDIA}${id}/`);
      expect([answer.statusCode, answer.json()]).toEqual([404, { detail: 'Not found.' }]);
      expect((await app.inject({ method, url: `${MEDIA}${id}/` })).statusCode).toBe(401);
    }
    expect((await listOf(other)).count).toBe(0);
  });

  it('are gone when they are removed, with their bytes', async () => {
    const before = filesIn(dataDir).length;
    const person = await aPoster(app);
    const { id, url } = await uploaded(person, { content: await picture(20, 20) });
    expect(filesIn(dataDir)).toHaveLength(before + 2);
    expect((await person.call('DELETE', `${MEDIA}${id}/`)).statusCode).toBe(204);
    expect((await person.call('DELETE', `${MEDIA}${id}/`)).statusCode).toBe(404);
    await app.drained();
    expect(filesIn(dataDir)).toHaveLength(before);
    expect((await app.inject({ method: 'GET', url: pathOf(url) })).statusCode).toBe(404);
  });

  it('stay while a post uses them', async () => {
    const person = await aPoster(app);
    const { id } = await uploaded(person, { content: await picture(20, 20) });
    const post = await aPost(app, person, { kind: 'image', media: [id] });
    const answer = await person.call('DELETE', `${MEDIA}${id}/`);
    expect([answer.statusCode, answer.json()]).toEqual([
      409,
      { detail: 'A post, an offer or a commission uses this file.' },
    ]);
    expect((await person.call('DELETE', `/content/api/content/${post.id}/`)).statusCode).toBe(204);
    expect((await person.call('DELETE', `${MEDIA}${id}/`)).statusCode).toBe(204);
  });

  it('go with the account, those of its posts among them', async () => {
    await app.drained();
    const before = filesIn(dataDir).length;
    const person = await aPoster(app);
    const { id } = await uploaded(person, { content: await picture(20, 20) });
    await aPost(app, person, { kind: 'image', media: [id] });
    await uploaded(person, { content: pdf(20) });
    expect(filesIn(dataDir)).toHaveLength(before + 3);
    await app.get(AccountService).close(person.id);
    await app.drained();
    expect(filesIn(dataDir)).toHaveLength(before);
  });

  it('know no other method', async () => {
    const answer = await (await loggedIn(app)).call('PATCH', MEDIA, {});
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
  });
});

it('other routes take no multipart form', async () => {
  const person = await aPoster(app);
  const answer = await person.call('POST', '/content/api/content/', multipart([{ content: pdf(20) }]), MULTIPART);
  expect(answer.statusCode).toBe(415);
});
