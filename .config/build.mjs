// Compiles src/ and migrations/ into a clean dist/. With --if-stale only where the sources are newer than it, and not
// at all where they or the compiler are absent (a pruned image): so `npm run migrate` is safe in every place.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const sources = ['src', 'migrations', 'tsconfig.json', '.config/tsconfig.build.json'].map((path) => join(root, path));
const built = join(root, 'dist/src/main.js');

if (process.argv.includes('--if-stale') && !isStale()) process.exit(0);
rmSync(join(root, 'dist'), { recursive: true, force: true });
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const result = spawnSync(process.execPath, [compiler, '-p', join(root, '.config/tsconfig.build.json')], {
  stdio: 'inherit',
});
// What the compiler leaves behind: the files of Swagger UI's page.
cpSync(join(root, 'src/infra/docs/ui'), join(root, 'dist/src/infra/docs/ui'), { recursive: true });
process.exit(result.status ?? 1);

function isStale() {
  if (!existsSync(built)) return true;
  if (!existsSync(join(root, 'src')) || !existsSync(join(root, 'node_modules/typescript'))) return false;
  return Math.max(...sources.map(newest)) > statSync(built).mtimeMs;
}

function newest(path) {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
