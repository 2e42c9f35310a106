import type { KeyObject } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { FieldCipher } from '../../infra/crypto/field-cipher';
import { isUniqueViolation } from '../../infra/database/database-error';
import type { EncryptionKey } from './encryption-key.entity';
import { EncryptionKeyRepository } from './encryption-key.repository';
import { decryptJwe, kidOf, newKeyPair, type PublicJwk, readPrivateKey } from './key-pair';

interface LiveKey {
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  readonly privateKey: KeyObject;
}

interface Loaded {
  readonly keys: readonly LiveKey[];
  readonly at: number;
}

/** How long an instance goes on with the keys it knows. A key it doesn't know is looked for sooner. */
const KEEP_MS = 30_000;
const LOOK_AGAIN_MS = 1_000;

/** The server's own key pairs, for bodies that clients encrypt (R16). */
@Injectable()
export class EncryptionKeyService {
  private readonly logger = new Logger(EncryptionKeyService.name);
  private loaded: Promise<Loaded> | undefined;

  constructor(
    private readonly repository: EncryptionKeyRepository,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /** Newest first; the first call of all makes the first key. */
  async publicKeys(): Promise<PublicJwk[]> {
    let { keys } = await this.load(KEEP_MS);
    if (keys.length === 0) ({ keys } = await this.load(0));
    if (keys.length === 0) {
      await this.create();
      ({ keys } = await this.load(KEEP_MS));
    }
    return keys.map((key) => key.publicJwk);
  }

  /** Throws whatever is wrong with the JWE: the caller tells the client only that something is. */
  async decrypt(jwe: string): Promise<string> {
    const kid = kidOf(jwe);
    let { keys } = await this.load(KEEP_MS);
    if (kid !== undefined && !keys.some((key) => key.kid === kid)) ({ keys } = await this.load(LOOK_AGAIN_MS));
    const key = kid === undefined ? keys[0] : keys.find((candidate) => candidate.kid === kid);
    if (!key) throw new Error('No key to decrypt with');
    return decryptJwe(jwe, key.privateKey);
  }

  /** Makes the newest key; the older ones decrypt until they are retired. */
  async create(): Promise<EncryptionKey> {
    // Read before the slow part, so that whoever starts meanwhile aims at the same generation.
    const generation = ((await this.repository.all())[0]?.generation ?? 0) + 1;
    const { publicJwk, privateKey } = await newKeyPair();
    const { kid } = publicJwk;
    try {
      await this.repository.add({
        generation,
        kid,
        publicJwk: JSON.stringify(publicJwk),
        privateKey: this.cipher.encrypt(privateKey, contextOf(kid)),
        createdAt: this.clock.now(),
        retiredAt: null,
      });
    } catch (error) {
      // Another instance made this generation at the same moment: its key is as good.
      if (!isUniqueViolation(error)) throw error;
    }
    this.loaded = undefined;
    return this.newest();
  }

  list(): Promise<EncryptionKey[]> {
    return this.repository.all();
  }

  async retire(kid: string): Promise<void> {
    const retired = await this.repository.retire(kid, this.clock.now());
    if (!retired) throw notFound();
    this.loaded = undefined;
  }

  private async newest(): Promise<EncryptionKey> {
    const [newest] = await this.repository.live();
    if (!newest) throw notFound();
    return newest;
  }

  private async load(maxAgeMs: number): Promise<Loaded> {
    const known = await this.loaded?.catch(() => undefined);
    if (known && this.clock.now().getTime() - known.at < maxAgeMs) return known;
    this.loaded = this.read();
    return this.loaded;
  }

  private async read(): Promise<Loaded> {
    const at = this.clock.now().getTime();
    const rows = await this.repository.live();
    return { keys: rows.map((row) => this.open(row)).filter((key) => key !== undefined), at };
  }

  /** A key that FIELD_ENCRYPTION_KEY no longer opens is of no use to clients either, and not worth failing for. */
  private open({ kid, publicJwk, privateKey }: EncryptionKey): LiveKey | undefined {
    try {
      return {
        kid,
        publicJwk: JSON.parse(publicJwk) as PublicJwk,
        privateKey: readPrivateKey(this.cipher.decrypt(privateKey, contextOf(kid))),
      };
    } catch (error) {
      this.logger.error(`The encryption key ${kid} can not be read: ${error instanceof Error ? error.message : ''}`);
      return undefined;
    }
  }
}

function contextOf(kid: string): string {
  return `encryption_key:${kid}`;
}
