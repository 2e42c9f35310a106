import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { type ByteRange, checkedKey, counted, type OpenFile, type PutOptions, Storage } from './storage';

/** Files under way: on the same file system, so that they move to their place at once. */
const INCOMING = 'incoming';
/** No upload lasts as long; what is older was left by a process that died. */
const STALE_MS = 86_400_000;

/** A directory of this machine, or one that all instances share. */
export class DiskStorage extends Storage {
  private readonly logger = new Logger(DiskStorage.name);
  private swept: Promise<void> | undefined;

  constructor(private readonly directory: string) {
    super();
  }

  async put(key: string, stream: Readable, { maxBytes }: PutOptions): Promise<number> {
    const path = this.path(key);
    const temporary = join(this.directory, INCOMING, randomUUID());
    await mkdir(dirname(temporary), { recursive: true });
    await mkdir(dirname(path), { recursive: true });
    await (this.swept ??= this.sweep());
    try {
      const size = await this.write(temporary, stream, maxBytes);
      await rename(temporary, path);
      await synchronise(dirname(path));
      return size;
    } catch (error) {
      stream.destroy();
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async open(key: string, range?: ByteRange): Promise<OpenFile | undefined> {
    const handle = await opened(this.path(key));
    if (handle === undefined) return undefined;
    try {
      const { size } = await handle.stat();
      return { stream: handle.createReadStream({ ...range }), size };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.path(key), { force: true });
  }

  private path(key: string): string {
    return join(this.directory, checkedKey(key));
  }

  private async write(path: string, stream: Readable, maxBytes: number | undefined): Promise<number> {
    let size = 0;
    const handle = await open(path, 'wx', 0o640);
    try {
      for await (const chunk of counted(stream, maxBytes, (bytes) => void (size = bytes))) {
        await handle.appendFile(chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return size;
  }

  /** Before the first file of this process. */
  private async sweep(): Promise<void> {
    const folder = join(this.directory, INCOMING);
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      // A file that a network file system keeps open, or somebody else's, is no reason to take no others.
      await clearStale(path).catch((error: unknown) => this.logger.warn(`${path} was left behind`, error));
    }
  }
}

async function clearStale(path: string): Promise<void> {
  const { mtimeMs } = (await stat(path).catch(() => undefined)) ?? { mtimeMs: Infinity };
  if (mtimeMs < Date.now() - STALE_MS) await rm(path, { force: true });
}

async function opened(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A name outlives a power cut only when its folder is on the disk, too. */
async function synchronise(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
