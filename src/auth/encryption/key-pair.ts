import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, compactDecrypt, decodeProtectedHeader } from 'jose';

const KEY_MANAGEMENT = 'RSA-OAEP-256';
const CONTENT_ENCRYPTION = 'A256GCM';
const BITS = 2048;

export interface PublicJwk {
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
  readonly use: 'enc';
  readonly alg: typeof KEY_MANAGEMENT;
  readonly kid: string;
}

export interface NewKeyPair {
  readonly publicJwk: PublicJwk;
  /** PKCS #8, PEM */
  readonly privateKey: string;
}

/** Off the event loop: it takes a good part of a second. */
export async function newKeyPair(): Promise<NewKeyPair> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: BITS });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const kid = await calculateJwkThumbprint({ kty: 'RSA', n, e });
  return {
    publicJwk: { kty: 'RSA', n, e, use: 'enc', alg: KEY_MANAGEMENT, kid },
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

export function readPrivateKey(pem: string): KeyObject {
  return createPrivateKey(pem);
}

/** The key a JWE says it is for; undefined where it says none. Throws where it is no JWE of the one kind we take. */
export function kidOf(jwe: string): string | undefined {
  const { alg, enc, zip, kid } = decodeProtectedHeader(jwe);
  // A compressed text could be a bomb, and tells by its length what is in it.
  if (alg !== KEY_MANAGEMENT || enc !== CONTENT_ENCRYPTION || zip !== undefined) throw new Error('Not our kind of JWE');
  return kid;
}

export async function decryptJwe(jwe: string, key: KeyObject): Promise<string> {
  const { plaintext } = await compactDecrypt(jwe, key, {
    keyManagementAlgorithms: [KEY_MANAGEMENT],
    contentEncryptionAlgorithms: [CONTENT_ENCRYPTION],
  });
  return new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
}
