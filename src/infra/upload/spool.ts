import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { counted } from '../storage/storage';

/** A temporary copy of a stream that goes somewhere else: for libraries that read a file here and there. */
export class Spool {
  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** Nothing of it is left after `work`. */
  static async use<T>(work: (spool: Spool) => Promise<T>): Promise<T> {
    const path = join(tmpdir(), `guildhall-${process.pid}-${randomUUID()}`);
    const spool = new Spool(path, await open(path, 'wx', 0o600));
    try {
      return await work(spool);
    } finally {
      await spool.handle.close();
      await rm(path, { force: true });
    }
  }

  /** All of the stream; a longer one throws FileTooLarge. */
  async keep(stream: Readable, maxBytes: number): Promise<void> {
    for await (const chunk of counted(stream, maxBytes)) await this.handle.appendFile(chunk);
  }

  /** The same stream, which is written down as it is read. */
  copying(stream: Readable): Readable {
    return Readable.from(this.copied(stream), { objectMode: false });
  }

  private async *copied(stream: Readable): AsyncGenerator<Buffer> {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      await this.handle.appendFile(chunk);
      yield chunk;
    }
  }
}
