import { Injectable } from '@nestjs/common';
import { emailKey } from '../../common/normalise';
import { sha256Hex } from '../../infra/crypto/digest';
import { addressKey } from '../../infra/rate-limit/address-key';
import { RateStore } from '../../infra/rate-limit/rate-store';
import { SlowDown } from './slow-down';
import { CEILING_POLICY, PAIR_POLICY } from './slow-down.rules';
import { Turns } from './turns';

/** How long an address is trusted that proved the mailbox of an account without signing in. */
const TRUST_MS = 3_600_000;

export interface Guess {
  /** As it was typed: what is not an account's is counted no differently, so that the counting doesn't tell. */
  readonly identifier: string;
  readonly address: string;
}

/**
 * Slows down the guessing of passwords, per identifier and address, and per identifier over all addresses. The second
 * exempts addresses that the account knows, so that nobody can lock its owner out from elsewhere. Never switched off:
 * RATE_LIMITS is about load, this is about accounts.
 */
@Injectable()
export class GuessLimiter {
  private readonly pairs: SlowDown;
  private readonly ceilings: SlowDown;
  private readonly turns = new Turns();

  constructor(private readonly store: RateStore) {
    this.pairs = new SlowDown(store, PAIR_POLICY);
    this.ceilings = new SlowDown(store, CEILING_POLICY);
  }

  /**
   * Tries `attempt`, which says whether the guess was right. Those for one identifier from one address take turns: an
   * owner's programs may sign in together, and only wrong guesses use up what is free.
   * @throws DomainError 429 where no attempt may be made now
   */
  async attempt<T>(
    guess: Guess,
    isKnownAddress: () => Promise<boolean>,
    attempt: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const pair = pairOf(guess);
    return this.turns.take(pair, async () => {
      await this.pairs.check(pair);
      const ceiling = ceilingOf(guess.identifier);
      const isExempt = await this.isExempt(ceiling, isKnownAddress);
      if (!isExempt) await this.ceilings.claim(ceiling);
      await this.pairs.claim(pair);
      const result = await this.tried(attempt, async () => {
        await this.pairs.credit(pair);
        if (!isExempt) await this.ceilings.credit(ceiling);
      });
      if (result !== undefined) await this.pairs.forget(pair);
      return result;
    });
  }

  /** From here the account's owner may sign in for a while, however many guess elsewhere. */
  async trust(accountId: number, address: string): Promise<void> {
    await this.store.set(trustOf(accountId, address), 1, TRUST_MS);
  }

  async isTrusted(accountId: number, address: string): Promise<boolean> {
    return (await this.store.get(trustOf(accountId, address))) !== undefined;
  }

  /** What succeeds was no failure, and neither was what could not be tried for want of room. */
  private async tried<T>(attempt: () => Promise<T | undefined>, takeBack: () => Promise<void>): Promise<T | undefined> {
    try {
      const result = await attempt();
      if (result !== undefined) await takeBack();
      return result;
    } catch (error) {
      await takeBack();
      throw error;
    }
  }

  /** Asked only where the ceiling is reached, which it is for names without an account just as well. */
  private async isExempt(ceiling: string, isKnownAddress: () => Promise<boolean>): Promise<boolean> {
    return (await this.ceilings.failures(ceiling)) >= CEILING_POLICY.free && (await isKnownAddress());
  }
}

function pairOf({ identifier, address }: Guess): string {
  return `sign-in:pair:${digestOf(identifier)}:${addressKey(address)}`;
}

function ceilingOf(identifier: string): string {
  return `sign-in:all:${digestOf(identifier)}`;
}

function trustOf(accountId: number, address: string): string {
  return `sign-in:trust:${accountId}:${addressKey(address)}`;
}

/** Of all spellings that find one account by its address; for what is no address it is the key of a username. */
function digestOf(identifier: string): string {
  return sha256Hex(emailKey(identifier)).slice(0, 32);
}
