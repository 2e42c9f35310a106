import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fernetKey = (): string => randomBytes(32).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
const textKey = (): string => randomBytes(36).toString('base64url');

const GENERATORS = {
  JWT_SECRET: textKey,
  FIELD_ENCRYPTION_KEY: textKey,
  SEFARIA_PLUGIN_SECRET: fernetKey,
  LERNITO_WEBHOOK_SECRET: textKey,
} as const;

export type DevelopmentSecrets = Record<keyof typeof GENERATORS, string>;

/**
 * Working secrets for a machine without any, kept in `<DATA_DIR>/secrets.json` and reused at every start.
 * The link makes the file appear whole and once: two workers that start together agree on one set.
 */
export function developmentSecrets(dataDir: string): DevelopmentSecrets {
  const path = join(dataDir, 'secrets.json');
  const known = readKnown(path);
  if (known !== undefined) return known;
  // Others may pass through, as the embedded database's own account must, but see nothing: what is in it is closed.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const secrets = Object.fromEntries(Object.entries(GENERATORS).map(([name, generate]) => [name, generate()]));
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return JSON.parse(readFileSync(path, 'utf8')) as DevelopmentSecrets;
}

function readKnown(path: string): DevelopmentSecrets | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DevelopmentSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${path} can't be read; mend or delete it`, { cause: error });
  }
}
