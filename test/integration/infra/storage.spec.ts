import { randomBytes } from 'node:crypto';
import { readdirSync, statSync, utimesSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Logger } from '@nestjs/common';
import { loadEnvironment, type RawEnvironment } from '../../../src/infra/config/environment';
import { loadSettings, SettingsError } from '../../../src/infra/config/settings';
import { DiskStorage } from '../../../src/infra/storage/disk-storage';
import { S3Storage } from '../../../src/infra/storage/s3-storage';
import { FileTooLarge, keyOf, newKey, type OpenFile, type Storage } from '../../../src/infra/storage/storage';
import { S3_CREDENTIALS, S3Server } from '../../fakes/s3-server';
import { closeAfterSpec } from '../../setup/spec-database';
import { temporaryFolder } from '../../setup/test-settings';

const MEBIBYTE = 1_048_576;
const OPTIONS = { contentType: 'image/png' };

let folder: string;
let server: S3Server;

beforeAll(async () => {
  folder = temporaryFolder();
  server = await S3Server.start();
  closeAfterSpec(() => server.close());
});

const settingsOf = (values: RawEnvironment) => loadSettings(loadEnvironment({ DATA_DIR: folder, ...values }));

function s3(): Storage {
  const { storage } = settingsOf({ STORAGE_URL: server.storageUrl });
  if (storage.kind !== 's3') throw new Error('not a bucket');
  return new S3Storage(storage);
}

/** Every file, whole or not. */
const onDisk = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

async function read(file: OpenFile | undefined): Promise<Buffer> {
  if (file === undefined) throw new Error('no such file');
  return buffer(file.stream);
}

async function* pieces(bytes: Buffer, size = 100_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function failing(after: Buffer): Readable {
  return Readable.from(
    (async function* () {
      yield* pieces(after);
      throw new Error('the client hung up');
    })(),
  );
}

describe.each([
  {
    name: 'a directory',
    open: () => new DiskStorage(join(folder, 'files')),
    left: () => onDisk(join(folder, 'files')).length,
  },
  { name: 'a bucket', open: s3, left: () => server.objects.size + server.uploads.size },
])('$name', ({ open, left }) => {
  let storage: Storage;

  beforeAll(() => {
    storage = open();
  });

  it.each([
    ['nothing', 0],
    ['a few bytes', 11],
    ['more than one part', 11 * MEBIBYTE + 7],
  ])('gives back what it was given: %s', async (_, length) => {
    const bytes = randomBytes(length);
    const key = newKey('media');
    expect(await storage.put(key, Readable.from(pieces(bytes)), OPTIONS)).toBe(length);
    const file = await storage.open(key);
    expect(file?.size).toBe(length);
    expect((await read(file)).equals(bytes)).toBe(true);
    await storage.remove(key);
    expect(left()).toBe(0);
  });

  it('gives a part of a file, and the size of the whole', async () => {
    const key = newKey('media');
    await storage.put(key, Readable.from([Buffer.from('0123456789')]), OPTIONS);
    const file = await storage.open(key, { start: 2, end: 4 });
    expect(file?.size).toBe(10);
    expect((await read(file)).toString()).toBe('234');
    await storage.remove(key);
  });

  it('knows what it has not, and forgets it again', async () => {
    const key = newKey('media');
    expect(await storage.open(key)).toBeUndefined();
    expect(await storage.open(key, { start: 0, end: 1 })).toBeUndefined();
    await storage.remove(key);
  });

  it.each([
    ['within the first part', 300_000],
    ['after the first part', 12 * MEBIBYTE],
  ])('keeps nothing of a stream that fails %s', async (_, length) => {
    const key = newKey('media');
    await expect(storage.put(key, failing(randomBytes(length)), OPTIONS)).rejects.toThrow('the client hung up');
    expect(await storage.open(key)).toBeUndefined();
    expect(left()).toBe(0);
  });

  it.each([
    ['within the first part', 1000],
    ['after the first part', 11 * MEBIBYTE],
  ])('keeps nothing of a stream that is too long %s, and closes it', async (_, maxBytes) => {
    const key = newKey('media');
    const stream = Readable.from(pieces(randomBytes(maxBytes + 1)));
    await expect(storage.put(key, stream, { ...OPTIONS, maxBytes })).rejects.toThrow(FileTooLarge);
    expect(stream.destroyed).toBe(true);
    expect(left()).toBe(0);
    const size = await storage.put(key, Readable.from(pieces(randomBytes(maxBytes))), { ...OPTIONS, maxBytes });
    expect(size).toBe(maxBytes);
    await storage.remove(key);
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'media/../../x', 'media/aa/bb/', 'media\\aa', '', 'media/aa/bb/%2e%2e'])(
    'refuses the key %j',
    async (key) => {
      await expect(storage.put(key, Readable.from([]), OPTIONS)).rejects.toThrow('no key');
      await expect(storage.open(key)).rejects.toThrow('no key');
      await expect(storage.remove(key)).rejects.toThrow('no key');
    },
  );
});

describe('a directory', () => {
  it('spreads its files over folders, which only their group reads', async () => {
    const directory = join(folder, 'spread');
    const key = keyOf('media', '0123456789abcdef0123456789abcdef', '.webp');
    expect(key).toBe('media/01/23/456789abcdef0123456789abcdef.webp');
    await new DiskStorage(directory).put(key, Readable.from([Buffer.from('x')]), OPTIONS);
    expect(statSync(join(directory, key)).mode & 0o007).toBe(0);
  });

  it('clears away what a process that died has left, and nothing under way', async () => {
    const directory = join(folder, 'swept');
    mkdirSync(join(directory, 'incoming'), { recursive: true });
    for (const name of ['old', 'young']) writeFileSync(join(directory, 'incoming', name), 'x');
    utimesSync(join(directory, 'incoming', 'old'), new Date(0), new Date(0));
    await new DiskStorage(directory).put(newKey('media'), Readable.from([Buffer.from('x')]), OPTIONS);
    expect(onDisk(join(directory, 'incoming'))).toEqual(['young']);
  });

  it('takes files though what was left can not be cleared away', async () => {
    const directory = join(folder, 'stuck');
    const stuck = join(directory, 'incoming', 'a-folder-is-no-file');
    mkdirSync(stuck, { recursive: true });
    writeFileSync(join(directory, 'incoming', 'old'), 'x');
    for (const path of [stuck, join(directory, 'incoming', 'old')]) utimesSync(path, new Date(0), new Date(0));
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const storage = new DiskStorage(directory);
    for (let file = 0; file < 2; file += 1) {
      expect(await storage.put(newKey('media'), Readable.from([Buffer.from('x')]), OPTIONS)).toBe(1);
    }
    expect(readdirSync(join(directory, 'incoming'))).toEqual(['a-folder-is-no-file']);
    expect(warned).toHaveBeenCalledTimes(1);
    warned.mockRestore();
  });
});

describe('a bucket', () => {
  it('puts files under its prefix, with their type', async () => {
    const [small, large] = [newKey('media'), newKey('media')];
    await s3().put(small, Readable.from([Buffer.from('x')]), OPTIONS);
    await s3().put(large, Readable.from(pieces(randomBytes(6 * MEBIBYTE))), OPTIONS);
    expect(server.objects.get(`files/${small}`)?.contentType).toBe('image/png');
    expect(server.objects.get(`files/${large}`)?.contentType).toBe('image/png');
    server.objects.clear();
  });

  it.each(['busy', 'cut-request'] as const)('is asked again where it was %s', async (mischief) => {
    const key = newKey('media');
    for (const method of ['PUT', 'GET', 'DELETE']) server.misbehave(mischief, method);
    await s3().put(key, Readable.from([Buffer.from('as it was')]), OPTIONS);
    expect((await read(await s3().open(key))).toString()).toBe('as it was');
    await s3().remove(key);
    expect(server.objects.size).toBe(0);
  });

  it('that hangs up in the middle of a file ends the stream with an error', async () => {
    const key = newKey('media');
    await s3().put(key, Readable.from([randomBytes(200_000)]), OPTIONS);
    server.misbehave('cut-answer', 'GET');
    await expect(read(await s3().open(key))).rejects.toThrow();
    server.objects.clear();
  });

  it('gives nothing away for a wrong key', async () => {
    const { storage } = settingsOf({ STORAGE_URL: server.storageUrl, S3_SECRET_ACCESS_KEY: 'not-the-right-secret' });
    const stranger = new S3Storage(storage as Extract<typeof storage, { kind: 's3' }>);
    await expect(stranger.open(newKey('media'))).rejects.toThrow('SignatureDoesNotMatch');
  });
});

describe('the settings', () => {
  const faultsOf = (values: RawEnvironment): readonly string[] => {
    try {
      settingsOf(values);
    } catch (error) {
      if (error instanceof SettingsError) return error.faults;
      throw error;
    }
    return [];
  };

  it('mean a folder in DATA_DIR, 25 MiB and 5 GiB when nothing is said', () => {
    expect(settingsOf({})).toMatchObject({
      storage: { kind: 'disk', directory: join(folder, 'media') },
      mediaMaxBytes: 26_214_400,
      mediaQuotaBytes: 5_368_709_120,
    });
  });

  it('name a directory or a bucket, whose secrets may stand in files', () => {
    expect(settingsOf({ STORAGE_URL: 'file:///srv/my%20media' }).storage).toEqual({
      kind: 'disk',
      directory: '/srv/my media',
    });
    writeFileSync(join(folder, 's3-secret'), S3_CREDENTIALS.secretAccessKey);
    const values = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY_FILE: join(folder, 's3-secret') };
    expect(settingsOf({ STORAGE_URL: 's3://my-bucket', ...values }).storage).toEqual({
      kind: 's3',
      bucket: 'my-bucket',
      prefix: '',
      endpoint: undefined,
      region: 'us-east-1',
      pathStyle: false,
      accessKeyId: 'id',
      secretAccessKey: S3_CREDENTIALS.secretAccessKey,
    });
    expect(settingsOf({ STORAGE_URL: server.storageUrl }).storage).toMatchObject({ prefix: 'files/', pathStyle: true });
  });

  it('name every fault at once, and no secret', () => {
    const faults = faultsOf({
      STORAGE_URL: 's3://:hush-hush@x_y/?endpoint=ftp://z&path_style=maybe&colour=blue',
      MEDIA_MAX_BYTES: 'many',
      MEDIA_QUOTA: '-1',
    });
    expect(faults).toHaveLength(7);
    expect(faults.join('\n')).not.toMatch(/hush/);
  });

  it.each(['ftp://x/y', 'file://host/x', 'file:///', 'file:///a%2fb', 'not a url'])('refuse %s', (url) => {
    expect(faultsOf({ STORAGE_URL: url }).join()).toContain('STORAGE_URL');
  });

  it('refuse a secret that is publicly known', () => {
    const values = { NODE_ENV: 'production', S3_SECRET_ACCESS_KEY: 'changeme' };
    expect(faultsOf(values).join()).toContain('S3_SECRET_ACCESS_KEY holds an example value');
  });
});
