import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const PROJECT = resolve(__dirname, '../..');
const MAIN = join(PROJECT, 'dist/src/main.js');
const LOCK = join(PROJECT, 'node_modules/.cache/guildhall-build.lock');
const LONGEST_BUILD_MS = 120_000;

/** The path of the built app's main file, after a build where the sources are newer. Workers of Jest take turns. */
export async function ensureBuilt(): Promise<string> {
  await lock();
  try {
    await promisify(execFile)(process.execPath, [join(PROJECT, '.config/build.mjs'), '--if-stale']);
  } catch (error) {
    // Types are another gate's matter: the compiler writes its files all the same.
    if (!existsSync(MAIN)) throw error;
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
  return MAIN;
}

async function lock(): Promise<void> {
  mkdirSync(join(LOCK, '..'), { recursive: true });
  for (;;) {
    try {
      mkdirSync(LOCK);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const since = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    // Left by a run that was killed.
    if (Date.now() - since > LONGEST_BUILD_MS) rmSync(LOCK, { recursive: true, force: true });
    await sleep(100);
  }
}
