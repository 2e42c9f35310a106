import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32, deflateSync } from 'node:zlib';
import type { Response } from 'light-my-request';
import sharp from 'sharp';
import type { LoggedIn } from '../factories/administrator';
import { PASSWORD } from '../factories/person';
import type { TestApp } from '../setup/test-app';

export interface Part {
  readonly name?: string;
  /** Null: a text field. */
  readonly filename?: string | null;
  readonly type?: string;
  readonly content: Buffer | string;
}

export interface AnsweredMedia {
  readonly id: number;
  readonly kind: string;
  readonly content_type: string;
  readonly name: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly url: string;
  readonly preview_url: string | null;
}

const BOUNDARY = 'guildhall-boundary-5b1f';
export const MULTIPART = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

export function multipart(parts: readonly Part[], end = `--${BOUNDARY}--\r\n`): Buffer {
  const pieces = parts.flatMap(({ name = 'file', filename = 'a.png', type = 'image/png', content }) => {
    const file = filename === null ? '' : `; filename="${filename}"\r\nContent-Type: ${type}`;
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
    return [Buffer.from(head), Buffer.from(content as string), Buffer.from('\r\n')];
  });
  return Buffer.concat([...pieces, Buffer.from(end)]);
}

export function send(
  person: LoggedIn,
  parts: readonly Part[],
  url = '/content/api/media/',
  method: 'POST' | 'PUT' = 'POST',
): Promise<Response> {
  return person.call(method, url, multipart(parts), MULTIPART);
}

export async function uploaded(person: LoggedIn, part: Part): Promise<AnsweredMedia> {
  const answer = await send(person, [part]);
  if (answer.statusCode !== 201) throw new Error(`The upload was answered ${answer.statusCode}: ${answer.body}`);
  return answer.json<AnsweredMedia>();
}

export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif';

/** One colour, `width` by `height`. */
export function picture(width: number, height: number, format: ImageFormat = 'png', orientation?: number) {
  const image = sharp({ create: { width, height, channels: 3, background: { r: 180, g: 40, b: 90 } } });
  return (orientation === undefined ? image : image.withMetadata({ orientation })).toFormat(format).toBuffer();
}

/** A PNG of one bit a pixel, whose pixels are all the same: some ten thousand bytes of a billion pixels. */
export function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, check]);
}

const FRAME = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x44]), Buffer.alloc(413)]);

/** The beginnings of files that are no images: what tells them apart. */
export const SAMPLES: readonly (readonly [kind: string, type: string, name: string, bytes: Buffer])[] = [
  ['audio', 'audio/mpeg', 'a.mp3', Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x01\x76'), Buffer.alloc(246), FRAME])],
  // The tag, with its picture, is longer than what is looked at.
  ['audio', 'audio/mpeg', 'b.mp3', Buffer.concat([Buffer.from('ID3\x04\0\0\0\x06\0\0'), Buffer.alloc(98_304), FRAME])],
  ['audio', 'audio/mpeg', 'c.mp3', FRAME],
  ['audio', 'audio/mp4', 'a.m4a', boxes('M4A ')],
  ['audio', 'audio/ogg', 'a.ogg', ogg('\x01vorbis')],
  ['audio', 'audio/ogg', 'a.opus', ogg('OpusHead')],
  ['audio', 'audio/wav', 'a.wav', Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0')],
  ['audio', 'audio/flac', 'a.flac', Buffer.concat([Buffer.from('fLaC\0\0\0\x22'), Buffer.alloc(60)])],
  ['audio', 'audio/webm', 'a.weba', webm('A_OPUS')],
  ['video', 'video/webm', 'a.webm', webm('V_VP9', 'A_OPUS')],
  ['video', 'video/mp4', 'a.mp4', boxes('isom')],
  ['video', 'video/quicktime', 'a.mov', boxes('qt  ')],
  ['document', 'application/pdf', 'a.pdf', Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n')],
];

function boxes(brand: string): Buffer {
  return Buffer.concat([Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\x02\0${brand}mp42`, 'latin1'), Buffer.alloc(100)]);
}

function ogg(codec: string): Buffer {
  return Buffer.concat([
    Buffer.from('OggS\0\x02'),
    Buffer.alloc(20),
    Buffer.from([1, 30]),
    Buffer.from(codec),
    Buffer.alloc(60),
  ]);
}

function webm(...codecs: string[]): Buffer {
  const type = Buffer.concat([Buffer.from([0x42, 0x82, 0x84]), Buffer.from('webm')]);
  const head = Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80 + type.length]), type]);
  return Buffer.concat([
    head,
    Buffer.from([0x18, 0x53, 0x80, 0x67, 0xff]),
    Buffer.from(codecs.join('\0')),
    Buffer.alloc(50),
  ]);
}

/** Every file in the storage of an app with this DATA_DIR, whole or not. */
export function filesIn(dataDir: string): string[] {
  const folder = join(dataDir, 'media');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

/** Temporary files of this process. */
export const spools = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`guildhall-${process.pid}-`));

/** For requests that `call` can't make. */
export async function bearerOf(app: TestApp, { email }: LoggedIn): Promise<string> {
  const payload = { username: email, password: PASSWORD };
  const login = await app.inject({ method: 'POST', url: '/authenticate/api/token/', payload });
  return `Bearer ${login.json<{ access: string }>().access}`;
}

export async function eventually(done: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = 200; !(await done()); left -= 1) {
    if (left === 0) throw new Error('It never came true');
    await sleep(20);
  }
}

/** A link without the origin, as `inject` takes it. */
export const pathOf = (link: string): string => link.replace(/^https?:\/\/[^/]+/, '');
