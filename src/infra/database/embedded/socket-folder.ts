import { createHash } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.error';
import type { Place } from './place';
import { PORT } from './postmaster';

/** What the kernel takes as the path of a socket, less the final zero byte. */
const LONGEST_PATH = process.platform === 'darwin' ? 103 : 107;

export function socketPath(folder: string): string {
  return join(folder, `.s.PGSQL.${PORT}`);
}

function fits(folder: string): boolean {
  return Buffer.byteLength(socketPath(folder)) <= LONGEST_PATH;
}

/** Beside the data; where that path is too long for a socket, a short folder whose name follows from it. */
export function socketFolderFor({ base, account }: Place): string {
  if (fits(base)) return base;
  const name = `guildhall-${createHash('sha256').update(base).digest('hex').slice(0, 16)}`;
  const folder = [tmpdir(), '/tmp'].map((parent) => join(parent, name)).find(fits);
  if (folder === undefined) throw new EmbeddedPostgresError(`${base} is too long for the path of a socket.`);
  makePrivate(folder, account?.uid ?? process.getuid?.(), account?.gid);
  return folder;
}

/** Only a folder made here is removed, and only when the server has left it empty. */
export function removeSocketFolder(folder: string, base: string): void {
  if (folder !== base) rmSync(folder, { recursive: true, force: true });
}

/** In a folder that everybody may write to, the name might have been taken by somebody who wants to be our server. */
function makePrivate(folder: string, uid: number | undefined, gid: number | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made = lstatSync(folder);
  if (made.isDirectory() && made.uid === process.getuid?.() && uid !== undefined && gid !== undefined) {
    chownSync(folder, uid, gid);
  }
  const { uid: owner, mode } = lstatSync(folder);
  if (made.isDirectory() && owner === uid && (mode & 0o077) === 0) return;
  throw new EmbeddedPostgresError(`${folder} is not a private folder of uid ${uid}.`);
}
