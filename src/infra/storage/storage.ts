import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';

/** Both ends are part of it, and it lies within the file. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface OpenFile {
  /** Of the range only, where one was asked for. Whoever opens it reads it to its end or destroys it. */
  readonly stream: Readable;
  /** Of the whole file, in bytes. */
  readonly size: number;
}

export interface PutOptions {
  readonly contentType: string;
  /** A longer stream throws FileTooLarge. */
  readonly maxBytes?: number;
}

/** The stream was longer than whoever stored it allowed. */
export class FileTooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super(`the file is longer than ${maxBytes} bytes`);
  }
}

/** Where files lie: a directory, or a bucket. Keys are of `newKey`; a file is there whole or not at all. */
export abstract class Storage {
  /** Gives the bytes written. A stream that fails leaves nothing behind, and its error is thrown. */
  abstract put(key: string, stream: Readable, options: PutOptions): Promise<number>;

  /** Undefined where there is no such file. */
  abstract open(key: string, range?: ByteRange): Promise<OpenFile | undefined>;

  /** Of what isn't there, too. */
  abstract remove(key: string): Promise<void>;
}

const KEY = /^[a-z]+\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{28}(?:\.[a-z0-9]{1,5})?$/;

/** A name that nobody guesses, in one of 65,536 folders below `folder`. */
export function newKey(folder: string, extension = ''): string {
  return keyOf(folder, randomBytes(16).toString('hex'), extension);
}

/** `name` is 32 hexadecimal digits. */
export function keyOf(folder: string, name: string, extension = ''): string {
  return `${folder}/${name.slice(0, 2)}/${name.slice(2, 4)}/${name.slice(4)}${extension}`;
}

/** No other key reaches a file system or a bucket. */
export function checkedKey(key: string): string {
  if (!KEY.test(key)) throw new Error('This is no key of the storage');
  return key;
}

/** The stream's own chunks, until there are too many bytes. */
export async function* counted(
  stream: Readable,
  maxBytes: number | undefined,
  count?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (maxBytes !== undefined && bytes > maxBytes) throw new FileTooLarge(maxBytes);
    count?.(bytes);
    yield chunk;
  }
}
