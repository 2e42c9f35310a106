import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { MigrationInterface } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

/** Beside src/ in the sources, beside dist/src/ after a build. */
const FOLDER = join(__dirname, '../../../migrations');
const FILE_NAME = /^\d+-[a-z0-9-]+\.(?:js|ts)$/;

const load = createRequire(__filename);

/** Every class of the folder, in the order of the files' numbers. */
export function migrationClasses(): MigrationClass[] {
  if (!existsSync(FOLDER)) return [];
  const files = readdirSync(FOLDER).filter((file) => FILE_NAME.test(file));
  return files.sort().flatMap((file) => Object.values(load(join(FOLDER, file)) as Record<string, MigrationClass>));
}
