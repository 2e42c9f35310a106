import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { randomToken } from '../../infra/crypto/digest';
import { matchesDjangoHash, parseDjangoHash } from './django-hash';
import { WorkQueue } from './work-queue';

/** OWASP Password Storage Cheat Sheet, the first choice for argon2id (the library's default variant). */
const OWASP = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const ARGON2ID_PREFIX = '$argon2id$';

/** libuv has four threads unless told otherwise; one is always left to DNS and files. */
const MOST_SLOTS = 3;
const WAITING_PER_SLOT = 256;

export interface PasswordCheck {
  readonly matches: boolean;
  /** True when the password matches a hash of an older kind: store `hash(password)` in its place. */
  readonly outdated: boolean;
}

const NO_MATCH: PasswordCheck = { matches: false, outdated: false };

/**
 * All password work of a process passes through here: off the event loop, and on one core less than there are, so that
 * a storm of logins leaves the other routes their share.
 */
@Injectable()
export class PasswordHasher {
  private readonly queue: WorkQueue;
  private decoy: Promise<string> | undefined;

  constructor() {
    const slots = Math.max(1, Math.min(availableParallelism() - 1, MOST_SLOTS));
    this.queue = new WorkQueue(slots, slots * WAITING_PER_SLOT);
  }

  /** As the methods below do; for a caller with work to save. */
  refuseIfFull(): void {
    this.queue.refuseIfFull();
  }

  /** @throws DomainError `unavailable` when too many wait already, as all methods here do */
  hash(password: string): Promise<string> {
    return this.queue.run(() => hash(password, OWASP));
  }

  /** A missing hash, or one of a kind we don't know, never matches and costs what a real one costs. */
  async verify(password: string, stored: string | null | undefined): Promise<PasswordCheck> {
    const django = parseDjangoHash(stored ?? '');
    if (django) {
      const matches = await this.queue.run(() => matchesDjangoHash(password, django));
      return { matches, outdated: matches };
    }
    if (stored?.startsWith(ARGON2ID_PREFIX)) return this.verifyArgon2(password, stored);
    await this.verifyNothing(password);
    return NO_MATCH;
  }

  /** Spends the work of a check where there is nothing to check against, so that time doesn't tell the two apart. */
  async verifyNothing(password: string): Promise<void> {
    this.decoy ??= hash(randomToken(), OWASP);
    await this.verifyArgon2(password, await this.decoy);
  }

  private async verifyArgon2(password: string, stored: string): Promise<PasswordCheck> {
    const matches = await this.queue.run(() => verify(stored, password).catch(() => false));
    return { matches, outdated: matches && !isCurrent(stored) };
  }
}

function isCurrent(stored: string): boolean {
  const used = parseOptions(stored);
  return (
    used.memoryCost === OWASP.memoryCost && used.timeCost === OWASP.timeCost && used.parallelism === OWASP.parallelism
  );
}
