import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.error';
import { canEnter, serverAccount, type ServerAccount } from './server-account';

/** Where one embedded server keeps its things, all of them in `base`. */
export interface Place {
  readonly base: string;
  readonly cluster: string;
  readonly log: string;
  readonly account: ServerAccount | undefined;
  /** Set where `base` is not the folder that was asked for. */
  readonly insteadOf?: string;
}

/** Lasting places first: /var/tmp may be swept of what nobody has used for a month, /tmp at every start. */
const SHELTERS = ['/var/lib', '/var/tmp', tmpdir()];

/**
 * The folder asked for, unless the server's account can't enter it: root in a folder closed to others. Then it is one
 * of its own elsewhere, and the file `location` in the folder asked for says where, so that deleting that folder means
 * a fresh start here too.
 */
export function placeFor(directory: string): Place {
  openAncestors(directory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const asked = realpathSync(directory);
  const account = serverAccount(join(asked, 'cluster'));
  const elsewhere = readLocation(asked);
  if (elsewhere !== undefined) return settle(elsewhere, serverAccount(join(elsewhere, 'cluster')), asked);
  if (canEnter(account, dirname(asked))) return settle(asked, account);
  if (existsSync(join(asked, 'cluster'))) {
    throw new EmbeddedPostgresError(
      `its data lies in ${asked}, and uid ${account?.uid} can't enter a folder above it.`,
    );
  }
  return settle(makeShelter(asked, account), account, asked);
}

function settle(base: string, account: ServerAccount | undefined, insteadOf?: string): Place {
  if (account) chownSync(base, account.uid, account.gid);
  else refuseForeign(base);
  chmodSync(base, 0o700);
  return { base, cluster: join(base, 'cluster'), log: join(base, 'server.log'), account, insteadOf };
}

function refuseForeign(base: string): void {
  const { uid } = statSync(base);
  if (uid === process.getuid?.()) return;
  throw new EmbeddedPostgresError(`${base} belongs to another user (uid ${uid}).`);
}

/** Folders that we make above ours are open for passing through, whatever the umask, or root's server would be locked out. */
function openAncestors(directory: string): void {
  const parent = dirname(directory);
  if (existsSync(parent)) return;
  openAncestors(parent);
  mkdirSync(parent, { recursive: true });
  chmodSync(parent, 0o711);
}

function readLocation(asked: string): string | undefined {
  const file = join(asked, 'location');
  if (!existsSync(file)) return undefined;
  const folder = readFileSync(file, 'utf8').trim();
  if (existsSync(folder)) return folder;
  rmSync(file);
  return undefined;
}

function makeShelter(asked: string, account: ServerAccount | undefined): string {
  const file = join(asked, 'location');
  for (const parent of SHELTERS) {
    if (!existsSync(parent) || !canEnter(account, parent)) continue;
    const folder = tryMakeFolder(parent);
    if (folder === undefined) continue;
    return agree(file, folder);
  }
  throw new EmbeddedPostgresError(`uid ${account?.uid} can enter neither ${asked} nor ${SHELTERS.join(', ')}.`);
}

function tryMakeFolder(parent: string): string | undefined {
  try {
    return mkdtempSync(join(parent, 'guildhall-'));
  } catch {
    return undefined;
  }
}

/** Writes down which shelter it is; of two processes that look for one at once, the first one's counts. */
function agree(file: string, folder: string): string {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${folder}\n`);
  try {
    linkSync(draft, file);
    return folder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    rmSync(folder, { recursive: true });
    return readFileSync(file, 'utf8').trim();
  } finally {
    rmSync(draft);
  }
}
