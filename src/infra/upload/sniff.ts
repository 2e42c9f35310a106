import { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type/core';

export type FileKind = 'image' | 'audio' | 'video' | 'document';

export interface FileType {
  readonly kind: FileKind;
  readonly contentType: string;
}

export interface SniffedFile {
  /** Undefined where it is none of those we take, whatever its sender says. */
  readonly type: FileType | undefined;
  readonly isEmpty: boolean;
  /** All of it. Whoever sniffs reads or destroys it. */
  readonly stream: Readable;
}

/** Enough for what stands before the tracks of a film. */
const HEAD_BYTES = 65_536;

const TYPES: ReadonlyMap<string, FileType> = new Map(
  Object.entries({
    'image/png': { kind: 'image', contentType: 'image/png' },
    'image/apng': { kind: 'image', contentType: 'image/png' },
    'image/jpeg': { kind: 'image', contentType: 'image/jpeg' },
    'image/webp': { kind: 'image', contentType: 'image/webp' },
    'image/gif': { kind: 'image', contentType: 'image/gif' },
    'image/avif': { kind: 'image', contentType: 'image/avif' },
    'audio/mpeg': { kind: 'audio', contentType: 'audio/mpeg' },
    'audio/mp4': { kind: 'audio', contentType: 'audio/mp4' },
    'audio/x-m4a': { kind: 'audio', contentType: 'audio/mp4' },
    'audio/ogg': { kind: 'audio', contentType: 'audio/ogg' },
    'audio/wav': { kind: 'audio', contentType: 'audio/wav' },
    'audio/flac': { kind: 'audio', contentType: 'audio/flac' },
    'audio/webm': { kind: 'audio', contentType: 'audio/webm' },
    'video/mp4': { kind: 'video', contentType: 'video/mp4' },
    'video/x-m4v': { kind: 'video', contentType: 'video/mp4' },
    'video/webm': { kind: 'video', contentType: 'video/webm' },
    'video/quicktime': { kind: 'video', contentType: 'video/quicktime' },
    'application/pdf': { kind: 'document', contentType: 'application/pdf' },
  } satisfies Record<string, FileType>),
);

/** Looks at the first bytes of a file, and gives the file back. */
export async function sniff(stream: Readable): Promise<SniffedFile> {
  const chunks: AsyncIterator<Buffer, undefined> = stream[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  for (let length = 0; length < HEAD_BYTES; length += read.at(-1)?.length ?? 0) {
    const { value } = await chunks.next();
    if (value === undefined) break;
    read.push(value);
  }
  const head = Buffer.concat(read);
  const whole = Readable.from(joined(head, chunks), { objectMode: false });
  // A generator that never began would leave its source open.
  whole.once('close', () => stream.destroy());
  return { type: await typeOf(head), isEmpty: head.length === 0, stream: whole };
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer, undefined>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function typeOf(head: Buffer): Promise<FileType | undefined> {
  const { mime = '' } = (await fileTypeFromBuffer(head)) ?? {};
  const [name = ''] = mime.split(';');
  return TYPES.get(name === 'video/webm' && !hasPictures(head) ? 'audio/webm' : name);
}

/** Of WebM, whose kinds begin alike: the names of the codecs stand among its tracks. */
function hasPictures(head: Buffer): boolean {
  return head.includes('V_') || !(head.includes('A_OPUS') || head.includes('A_VORBIS'));
}
