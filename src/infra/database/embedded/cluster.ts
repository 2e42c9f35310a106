import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries';
import { EmbeddedPostgresError } from './embedded-postgres.error';
import type { Place } from './place';
import { isAlive, serverEnvironment } from './postmaster';

export const SUPERUSER = 'guildhall';
const DRAFT = /^cluster-(\d+)-[0-9a-f]+$/;

/**
 * Makes the data folder where there is none. It is made aside and then moved, so that it is whole or not there at all,
 * also where two processes do it at once or one is killed over it.
 */
export async function ensureCluster(place: Place, binaries: Binaries): Promise<void> {
  if (existsSync(join(place.cluster, 'PG_VERSION'))) return refuseOtherMajor(place, binaries);
  removeDrafts(place.base);
  const draft = join(place.base, `cluster-${process.pid}-${randomBytes(4).toString('hex')}`);
  await initdb(place, binaries, draft);
  try {
    renameSync(draft, place.cluster);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(join(place.cluster, 'PG_VERSION'))) throw error;
  }
}

async function initdb(place: Place, binaries: Binaries, folder: string): Promise<void> {
  // Locale C.UTF-8 sorts by code points on every system; whoever may open the socket (mode 0700) is the owner.
  const options = [
    '-D',
    folder,
    '-U',
    SUPERUSER,
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
  ];
  try {
    const program = join(binaries.folder, 'bin/initdb');
    await promisify(execFile)(program, options, { ...place.account, cwd: '/', env: serverEnvironment });
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    const { stderr, message } = cause as { stderr?: string; message: string };
    throw new EmbeddedPostgresError(`initdb failed: ${(stderr || message).trim()}.`, { cause });
  }
}

function refuseOtherMajor(place: Place, binaries: Binaries): void {
  const made = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim();
  const [major] = binaries.version.split('.');
  if (made === major) return;
  throw new EmbeddedPostgresError(
    `${place.cluster} was made by PostgreSQL ${made}, this is ${major}: dump it with the old one, or delete it.`,
  );
}

function removeDrafts(base: string): void {
  for (const name of readdirSync(base)) {
    const pid = DRAFT.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(base, name), { recursive: true, force: true });
  }
}
