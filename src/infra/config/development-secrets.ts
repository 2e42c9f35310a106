import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Each makes its secret of 64 bytes that nobody knows. */
const fernetKey = (bytes: Buffer): string => {
  return bytes.subarray(0, 32).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
};
const textKey = (bytes: Buffer): string => bytes.subarray(0, 36).toString('base64url');
/** Letters and digits only, as Razorpay's own are. */
const plainKey = (bytes: Buffer, length: number): string => bytes.toString('hex').slice(0, length);

const GENERATORS = {
  JWT_SECRET: textKey,
  FIELD_ENCRYPTION_KEY: textKey,
  SEFARIA_PLUGIN_SECRET: fernetKey,
  LERNITO_WEBHOOK_SECRET: textKey,
  RAZORPAY_KEY_ID: (bytes: Buffer) => `rzp_test_${plainKey(bytes, 14)}`,
  RAZORPAY_KEY_SECRET: (bytes: Buffer) => plainKey(bytes, 24),
  RAZORPAY_WEBHOOK_SECRET: textKey,
} as const;

type SecretName = keyof typeof GENERATORS;
export type DevelopmentSecrets = Record<SecretName, string>;

const NAMES = Object.keys(GENERATORS) as SecretName[];

/**
 * Working secrets for a machine without any, kept in `<DATA_DIR>/secrets.json` and reused at every start.
 * The link makes the file appear whole and once: two workers that start together agree on one set.
 */
export function developmentSecrets(dataDir: string): DevelopmentSecrets {
  const path = join(dataDir, 'secrets.json');
  const known = read(path);
  if (known !== undefined) return completed(path, known);
  // Others may pass through, as the embedded database's own account must, but see nothing: what is in it is closed.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const draft = draftOf(path, Object.fromEntries(NAMES.map((name) => [name, GENERATORS[name](randomBytes(64))])));
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return developmentSecrets(dataDir);
}

/**
 * A file of an older release gets the names that are new. They are made of what it holds and not by chance, so that
 * workers that start together write the same file.
 */
function completed(path: string, known: Partial<DevelopmentSecrets>): DevelopmentSecrets {
  const missing = NAMES.filter((name) => known[name] === undefined);
  if (missing.length === 0) return known as DevelopmentSecrets;
  const { JWT_SECRET: root } = known;
  if (root === undefined) throw new Error(`${path} has no JWT_SECRET; mend or delete it`);
  const derived = missing.map((name) => [name, GENERATORS[name](createHmac('sha512', root).update(name).digest())]);
  const secrets = { ...known, ...Object.fromEntries(derived) } as DevelopmentSecrets;
  renameSync(draftOf(path, secrets), path);
  return secrets;
}

function draftOf(path: string, secrets: object): string {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return draft;
}

function read(path: string): Partial<DevelopmentSecrets> | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<DevelopmentSecrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${path} can't be read; mend or delete it`, { cause: error });
  }
}
