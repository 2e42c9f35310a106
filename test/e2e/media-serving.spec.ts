import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { MediaLinkService } from '../../src/content/media/media-link.service';
import { type OpenFile, Storage } from '../../src/infra/storage/storage';
import { loggedIn, type LoggedIn } from '../factories/administrator';
import { aPost, aPoster } from '../factories/post';
import { MovableClock } from '../fakes/movable-clock';
import { S3Server } from '../fakes/s3-server';
import { closeAfterSpec } from '../setup/spec-database';
import { startTestApp, type TestApp } from '../setup/test-app';
import { type AnsweredMedia, eventually, pathOf, picture, SAMPLES, uploaded } from './media.kit';

const MINUTE = 60_000;
const BYTES = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(Array.from({ length: 991 }, (_, at) => at % 251))]);
const ENDED = { detail: 'This link has ended or is incomplete.' };

let app: TestApp;
let clock: MovableClock;
let bucket: S3Server;
let inBucket: TestApp;

beforeAll(async () => {
  clock = new MovableClock();
  app = await startTestApp({ ACCESS_TOKEN_TTL: '1h' }, { clock });
  bucket = await S3Server.start();
  closeAfterSpec(() => bucket.close());
  inBucket = await startTestApp({ STORAGE_URL: bucket.storageUrl }, { clock });
});

const fetchOf = (server: TestApp, url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  server.inject({ method, url: pathOf(url), headers });

describe.each([
  ['a directory', () => app],
  ['a bucket', () => inBucket],
])('a file in %s', (_, serverOf) => {
  let server: TestApp;
  let media: AnsweredMedia;

  beforeAll(async () => {
    server = serverOf();
    media = await uploaded(await aPoster(server), { filename: 'हिसाब "1".pdf', content: BYTES });
  });

  it('comes whole, and can do no harm', async () => {
    const answer = await fetchOf(server, media.url);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(BYTES)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '1000',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': expect.stringMatching(/^private, max-age=(?:2[4-9]\d|300)$/),
    });
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[ -~]+"; filename\*=UTF-8''%E0/);
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=990-', 990, 999],
    ['bytes=-1', 999, 999],
    ['bytes=500-5000', 500, 999],
  ])('comes in parts: %s', async (range, start, end) => {
    const answer = await fetchOf(server, media.url, { range });
    expect(answer.statusCode).toBe(206);
    expect(answer.headers['content-range']).toBe(`bytes ${start}-${end}/1000`);
    expect(answer.headers['content-length']).toBe(String(end - start + 1));
    expect(answer.rawPayload.equals(BYTES.subarray(start, end + 1))).toBe(true);
  });

  it.each(['bytes=1000-', 'bytes=-0'])('has no part %s', async (range) => {
    const answer = await fetchOf(server, media.url, { range });
    expect([answer.statusCode, answer.json()]).toEqual([416, { detail: 'The file has no such part.' }]);
    expect(answer.headers['content-range']).toBe('bytes */1000');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each(['bytes=0-1,5-6', 'bytes=9-1', 'pages=1-2', 'bytes=x'])('comes whole for %s', async (range) => {
    const answer = await fetchOf(server, media.url, { range });
    expect([answer.statusCode, answer.rawPayload.length]).toEqual([200, 1000]);
  });

  it('goes on only with the file it began with', async () => {
    const { headers } = await fetchOf(server, media.url);
    const same = { range: 'bytes=10-19', 'if-range': String(headers.etag) };
    expect((await fetchOf(server, media.url, same)).statusCode).toBe(206);
    const other = { range: 'bytes=10-19', 'if-range': '"another"' };
    expect((await fetchOf(server, media.url, other)).statusCode).toBe(200);
  });

  it('is announced without its bytes', async () => {
    const answer = await fetchOf(server, media.url, {}, 'HEAD');
    expect([answer.statusCode, answer.rawPayload.length]).toEqual([200, 0]);
    expect(answer.headers).toMatchObject({ 'content-length': '1000', 'content-type': 'application/pdf' });
    // A range is a part of a GET's answer only.
    for (const range of ['bytes=0-9', 'bytes=1000-']) {
      const whole = await fetchOf(server, media.url, { range }, 'HEAD');
      expect([whole.statusCode, whole.headers['content-length']]).toEqual([200, '1000']);
      expect(whole.headers['content-range']).toBeUndefined();
    }
  });

  it('is not sent to whoever has it', async () => {
    const { headers } = await fetchOf(server, media.url);
    const etag = String(headers.etag);
    const open = jest.spyOn(server.get(Storage), 'open');
    for (const method of ['GET', 'HEAD'] as const) {
      for (const known of [etag, `W/${etag}`, `"another", ${etag}`, '*']) {
        const answer = await fetchOf(server, media.url, { 'if-none-match': known, range: 'bytes=0-9' }, method);
        expect([answer.statusCode, answer.rawPayload.length]).toEqual([304, 0]);
        expect(answer.headers).toMatchObject({ etag, 'cache-control': expect.stringMatching(/^private, max-age=/) });
        expect(answer.headers['content-range']).toBeUndefined();
      }
    }
    expect(open).not.toHaveBeenCalled();
    open.mockRestore();
    for (const known of ['"another"', etag.slice(1, -1), '']) {
      expect((await fetchOf(server, media.url, { 'if-none-match': known })).statusCode).toBe(200);
    }
    const ended = await fetchOf(server, media.url.replace(/signature=.*/, 'signature=x'), { 'if-none-match': etag });
    expect(ended.statusCode).toBe(403);
  });

  it('is 404 when it is lost', async () => {
    const open = jest.spyOn(server.get(Storage), 'open').mockResolvedValueOnce(undefined);
    const answer = await fetchOf(server, media.url);
    open.mockRestore();
    expect([answer.statusCode, answer.json()]).toEqual([404, { detail: 'Not found.' }]);
    expect(answer.headers['content-disposition']).toBeUndefined();
  });
});

it.each(SAMPLES)('%s of type %s is shown as what it is: %s', async (kind, type, filename, content) => {
  const { url } = await uploaded(await aPoster(app), { filename, content });
  const { headers } = await fetchOf(app, url);
  expect(headers['content-type']).toBe(type);
  expect(headers['content-disposition']).toMatch(kind === 'document' ? /^attachment;/ : /^inline;/);
});

describe('a link', () => {
  let person: LoggedIn;
  let media: AnsweredMedia;

  beforeAll(async () => {
    person = await aPoster(app);
    media = await uploaded(person, { content: await picture(30, 30) });
  });

  const partsOf = (link: string): { path: string; expires: string; signature: string } => {
    const url = new URL(link);
    const [expires = '', signature = ''] = ['expires', 'signature'].map((name) => url.searchParams.get(name) ?? '');
    return { path: url.pathname, expires, signature };
  };

  it('opens the file for anybody, until it ends within 5 minutes', async () => {
    const { results } = (await person.call('GET', '/content/api/media/')).json<{ results: AnsweredMedia[] }>();
    const [{ url }] = results as [AnsweredMedia];
    expect((await fetchOf(app, url)).statusCode).toBe(200);
    clock.advance(3 * MINUTE);
    expect((await fetchOf(app, url)).statusCode).toBe(200);
    clock.advance(2 * MINUTE);
    const answer = await fetchOf(app, url);
    expect([answer.statusCode, answer.json()]).toEqual([403, ENDED]);
    const fresh = (await person.call('GET', `/content/api/media/${media.id}/`)).json<AnsweredMedia>();
    expect((await fetchOf(app, fresh.url)).statusCode).toBe(200);
    media = fresh;
  });

  it.each<[string, (link: { path: string; expires: string; signature: string }) => string]>([
    ['without anything', ({ path }) => path],
    ['without a signature', ({ path, expires }) => `${path}?expires=${expires}`],
    ['without an end', ({ path, signature }) => `${path}?signature=${signature}`],
    ['for longer', ({ path, expires, signature }) => `${path}?expires=${Number(expires) + 1}&signature=${signature}`],
    ['for ever', ({ path, signature }) => `${path}?expires=Infinity&signature=${signature}`],
    ['with two ends', ({ path, expires, signature }) => `${path}?expires=${expires}&expires=9&signature=${signature}`],
    [
      'with two signatures',
      ({ path, expires, signature }) => `${path}?expires=${expires}&signature=${signature}&signature=x`,
    ],
    [
      'with a cut signature',
      ({ path, expires, signature }) => `${path}?expires=${expires}&signature=${signature.slice(1)}`,
    ],
    [
      'of the other variant',
      ({ path, expires, signature }) =>
        `${path.replace('original', 'preview')}?expires=${expires}&signature=${signature}`,
    ],
    [
      'of another file',
      ({ path, expires, signature }) =>
        `${path.replace(String(media.id), '1')}?expires=${expires}&signature=${signature}`,
    ],
  ])('%s opens nothing, whether the file is there or not', async (_, forge) => {
    const link = partsOf(media.url);
    for (const path of [link.path, '/content/media/999999/original']) {
      const answer = await fetchOf(app, forge({ ...link, path }));
      expect([answer.statusCode, answer.json()]).toEqual([403, ENDED]);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('of what is no variant or no id names nothing', async () => {
    for (const path of [
      `/content/media/${media.id}/thumbnail`,
      '/content/media/x/original',
      '/content/media/0/preview',
    ]) {
      expect((await fetchOf(app, path)).statusCode).toBe(404);
    }
  });

  it('is made with the newest key, and those before are known', async () => {
    const rotated = await startTestApp(
      { JWT_SECRET: `a-new-key-of-this-server-91ab4c,${'test-jwt-key-8f1d60b3c2a94e57b0d6c1f2'}` },
      { clock },
    );
    const { url } = media;
    expect(rotated.get(MediaLinkService).url(media.id, 'original', clock.now())).not.toBe(url);
    const { path, expires, signature } = partsOf(url);
    expect(rotated.get(MediaLinkService).holds(media.id, 'original', Number(expires), signature, clock.now())).toBe(
      true,
    );
    expect(path).toContain(String(media.id));
  });

  it('stands in no post that is locked', async () => {
    const creator = await aPoster(app);
    const own = await uploaded(creator, { content: await picture(30, 30) });
    const post = await aPost(app, creator, { kind: 'image', media: [own.id], visibility: 'members' });
    const outsider = await loggedIn(app);
    for (const answer of [
      await outsider.call('GET', `/content/api/content/${post.id}/`),
      await app.inject({ method: 'GET', url: `/content/api/content/${post.id}/` }),
    ]) {
      expect(answer.json()).toMatchObject({ locked: true, media: [] });
      expect(answer.body).not.toContain('/content/media/');
    }
    expect((await outsider.call('GET', `/content/api/media/${own.id}/`)).statusCode).toBe(404);
    const seen = (await creator.call('GET', `/content/api/content/${post.id}/`)).json<{ media: AnsweredMedia[] }>();
    expect((await fetchOf(app, seen.media[0]!.url)).statusCode).toBe(200);
  });
});

describe('over the wire', () => {
  const LARGE = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(24_000_000, 'x')]);

  async function begun(server: TestApp): Promise<{ answer: IncomingMessage; file: OpenFile }> {
    const { url } = await uploaded(await aPoster(server), { content: LARGE });
    const storage = server.get(Storage);
    const open = jest.spyOn(storage, 'open');
    const call = get(`${await server.url()}${pathOf(url)}`);
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    const file = await (open.mock.results[0]?.value as Promise<OpenFile>);
    open.mockRestore();
    return { answer, file };
  }

  it('a file waits for a slow client, and is closed when it leaves', async () => {
    const { answer, file } = await begun(app);
    await sleep(300);
    expect((file.stream as unknown as { bytesRead: number }).bytesRead).toBeLessThan(LARGE.length / 2);
    answer.destroy();
    await eventually(() => file.stream.destroyed);
  });

  it('a bucket that hangs up ends the answer early, and is no end of the server', async () => {
    const { url } = await uploaded(await aPoster(inBucket), { content: LARGE.subarray(0, 4_000_000) });
    bucket.misbehave('cut-answer', 'GET');
    const cut = fetch(`${await inBucket.url()}${pathOf(url)}`).then((answer) => answer.arrayBuffer());
    await expect(cut).rejects.toThrow();
    expect((await fetch(`${await inBucket.url()}${pathOf(url)}`)).status).toBe(200);
  });
});

describe('a bucket', () => {
  it('that is busy is asked again, and keeps nothing of what is removed', async () => {
    const person = await aPoster(inBucket);
    const before = bucket.objects.size;
    bucket.misbehave('busy', 'PUT');
    const { id, preview_url } = await uploaded(person, { content: await picture(30, 30) });
    expect(bucket.objects.size).toBe(before + 2);
    expect((await fetchOf(inBucket, preview_url ?? '')).headers['content-type']).toBe('image/webp');
    expect((await person.call('DELETE', `/content/api/media/${id}/`)).statusCode).toBe(204);
    await inBucket.drained();
  });
});
