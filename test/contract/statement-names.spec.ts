import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const NAMED = /\b(?:statement|replanned)\(\s*'([^']+)'/g;

function filesNaming(): Map<string, Set<string>> {
  const files = ['src', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const found = new Map<string, Set<string>>();
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    for (const [, name = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(NAMED)) {
      found.set(name, (found.get(name) ?? new Set()).add(file));
    }
  }
  return found;
}

// A worker loads `src` once (ADR 0018), which refuses two texts of one name: which files meet in a worker is chance.
it('no two files name a statement alike', () => {
  const found = filesNaming();
  expect(found.size).toBeGreaterThan(100);
  expect([...found].filter(([, files]) => files.size > 1).map(([name, files]) => [name, ...files])).toEqual([]);
});
