import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.error';
import { packageFor, thisMachine } from './machine';
import type { Place } from './place';
import { canEnter } from './server-account';

export interface Binaries {
  /** The folder with bin/, lib/ and share/. */
  readonly folder: string;
  readonly version: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** The server's programs where its account can run them: in node_modules, or else copied into the place. */
export function binariesFor(place: Place, root = installedPackage()): Binaries {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const usable = canEnter(place.account, join(root, 'native/bin')) && tryLink(root);
  const home = usable ? root : copyOf(root, join(place.base, `binaries-${version}`));
  return { folder: join(home, 'native'), version };
}

function installedPackage(): string {
  const name = packageFor(thisMachine());
  try {
    return dirname(dirname(createRequire(__filename).resolve(name)));
  } catch (cause) {
    throw new EmbeddedPostgresError(`the package ${name} is not installed (npm ci without --omit=optional).`, {
      cause,
    });
  }
}

function copyOf(root: string, home: string): string {
  if (existsSync(home)) return home;
  const draft = `${home}.${process.pid}`;
  cpSync(root, draft, { recursive: true, verbatimSymlinks: true });
  link(draft);
  try {
    renameSync(draft, home);
  } catch (error) {
    // Another process was faster, with the same result.
    rmSync(draft, { recursive: true });
    if (!existsSync(home)) throw error;
  }
  return home;
}

function tryLink(root: string): boolean {
  try {
    link(root);
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** npm packs no symbolic links; the package makes them in an install script, which need not have run. */
function link(root: string): void {
  for (const { source, target } of JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')) as Link[]) {
    const path = join(root, target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    mkdirSync(dirname(path), { recursive: true });
    try {
      symlinkSync(relative(dirname(path), join(root, source)), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
