import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { timingSafeEqualText } from '../../infra/crypto/digest';

const derive = promisify(pbkdf2);

const DJANGO_HASH = /^pbkdf2_sha256\$([1-9][0-9]{0,6})\$([^$]{1,64})\$([A-Za-z0-9+/]{43}=)$/;

/** Django 6.0 uses 1,200,000; an imported row must not be able to occupy a hashing slot for minutes. */
const MOST_ITERATIONS = 2_000_000;
const DIGEST_BYTES = 32;

export interface DjangoHash {
  readonly iterations: number;
  readonly salt: string;
  readonly digest: string;
}

/** Reads `pbkdf2_sha256$<iterations>$<salt>$<base64>`, what Django's default hasher stores; undefined for all else. */
export function parseDjangoHash(stored: string): DjangoHash | undefined {
  const [, iterations, salt, digest] = DJANGO_HASH.exec(stored) ?? [];
  if (iterations === undefined || salt === undefined || digest === undefined) return undefined;
  if (Number(iterations) > MOST_ITERATIONS) return undefined;
  return { iterations: Number(iterations), salt, digest };
}

export async function matchesDjangoHash(password: string, hash: DjangoHash): Promise<boolean> {
  const digest = await derive(password, hash.salt, hash.iterations, DIGEST_BYTES, 'sha256');
  return timingSafeEqualText(digest.toString('base64'), hash.digest);
}
