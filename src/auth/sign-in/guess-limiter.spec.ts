import { DomainError } from '../../common/domain-error';
import { MemoryRateStore } from '../../infra/rate-limit/memory-rate-store';
import { GuessLimiter } from './guess-limiter';
import { CEILING_POLICY, delayAfter, PAIR_POLICY } from './slow-down.rules';

const OWNER = 'right';
const SECOND = 1_000;

describe('GuessLimiter', () => {
  let now: number;
  let known: Set<string>;
  let tried: number;
  let limiter: GuessLimiter;

  beforeEach(() => {
    now = 0;
    tried = 0;
    known = new Set();
    limiter = limiterOn(new MemoryRateStore(10_000, () => now));
  });

  function limiterOn(store: MemoryRateStore): GuessLimiter {
    return new GuessLimiter(store);
  }

  /** 'right' and 'wrong' are verdicts of a guess that was tried; a number is what Retry-After says. */
  async function guess(password: string, address = '192.0.2.1', identifier = 'ada', on = limiter) {
    try {
      const result = await on.attempt(
        { identifier, address },
        async () => known.has(address),
        async () => {
          tried += 1;
          return password === OWNER ? OWNER : undefined;
        },
      );
      return result ?? 'wrong';
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'rate-limited') throw error;
      return error.details.retryAfterSeconds;
    }
  }

  async function fail(times: number, address?: string, identifier?: string): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (let i = 0; i < times; i++) answers.push(await guess('wrong', address, identifier));
    return answers;
  }

  it('lets five guesses pass and then asks for ever longer pauses', async () => {
    expect(await fail(7)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 5, 5]);
    now += 4.5 * SECOND;
    expect(await guess('wrong')).toBe(1);
    now += 0.5 * SECOND;
    expect(await fail(2)).toEqual(['wrong', 10]);
    now += 10 * SECOND;
    expect(await fail(2)).toEqual(['wrong', 20]);
  });

  it('counts the spellings of one mailbox as one', async () => {
    await fail(5, undefined, 'ada@example.org');
    expect(await guess('wrong', undefined, 'ada@exam\u00adple.org')).toBe(5);
    expect(await guess('wrong', undefined, 'ada@exa%6dple.org')).toBe(5);
  });

  it('refuses the right password too while the pause lasts, and takes it after', async () => {
    await fail(5);
    expect(await guess(OWNER)).toBe(5);
    now += 5 * SECOND;
    expect(await guess(OWNER)).toBe(OWNER);
    expect(await fail(6)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 5]);
  });

  it('tries no guess it refuses', async () => {
    await fail(9);
    expect(tried).toBe(5);
  });

  it('does not let guesses slip through that are sent together, not even to several instances', async () => {
    const store = new MemoryRateStore(10_000, () => now);
    const instances = [1, 2, 3, 4].map(() => limiterOn(store));
    const guesses = Array.from({ length: 40 }, (_, i) => guess('wrong', undefined, undefined, instances[i % 4]));
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => answer === 'wrong')).toHaveLength(5);
    expect(answers.filter((answer) => answer === 5)).toHaveLength(35);
    expect(tried).toBe(5);
  });

  it('lets any number of right passwords through together', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => guess(OWNER)));
    expect(new Set(answers)).toEqual(new Set([OWNER]));
  });

  it('counts each address by itself, IPv6 by its /64', async () => {
    await fail(5);
    expect(await guess('wrong', '192.0.2.2')).toBe('wrong');
    await fail(5, '2001:db8:0:7::1');
    expect(await guess('wrong', '2001:db8:0:7:ffff::2')).toBe(5);
    expect(await guess('wrong', '2001:db8:0:8::1')).toBe('wrong');
  });

  it('takes the same name in another spelling for the same', async () => {
    await fail(5, '192.0.2.1', 'Ada ');
    expect(await guess('wrong', '192.0.2.1', 'ADA')).toBe(5);
  });

  it('resets the pair that succeeded and no other', async () => {
    await fail(5, '192.0.2.1');
    await fail(4, '192.0.2.2');
    expect(await guess(OWNER, '192.0.2.2')).toBe(OWNER);
    expect(await guess('wrong', '192.0.2.1')).toBe(5);
    expect(await fail(6, '192.0.2.2')).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 5]);
  });

  it('takes back a guess that could not be tried', async () => {
    const busy = new DomainError('unavailable', 'password-hashing-busy', 'Busy.');
    for (let i = 0; i < 50; i++) {
      const attempt = limiter.attempt(
        { identifier: 'ada', address: `192.0.2.${i % 10}` },
        async () => false,
        () => Promise.reject(busy),
      );
      await expect(attempt).rejects.toBe(busy);
    }
    expect(await fail(6)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 5]);
  });

  describe('where guessers have many addresses', () => {
    const strangers = (count: number) => Array.from({ length: count }, (_, i) => `198.51.100.${i}`);

    async function distributedAttack(): Promise<unknown[]> {
      const answers: unknown[] = [];
      for (const address of strangers(40)) answers.push(await guess('wrong', address));
      return answers;
    }

    it('slows all of them down', async () => {
      const answers = await distributedAttack();
      expect(answers.slice(0, 31)).toEqual(Array(31).fill('wrong'));
      expect(answers.slice(31)).toEqual(Array(9).fill(5));
      now += 5 * SECOND;
      expect(await guess('wrong', '203.0.113.1')).toBe('wrong');
      expect(await guess('wrong', '203.0.113.2')).toBe(10);
    });

    it('does not let a burst from all of them slip through', async () => {
      const answers = await Promise.all(strangers(90).map((address) => guess('wrong', address)));
      expect(answers.filter((answer) => answer === 'wrong')).toHaveLength(31);
    });

    it('leaves the owner in at an address the account knows, and the pair of that address slows down still', async () => {
      known.add('192.0.2.1');
      await distributedAttack();
      expect(await guess(OWNER, '192.0.2.1')).toBe(OWNER);
      expect(await fail(6, '192.0.2.1')).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 5]);
    });

    it('does not count the owner among them', async () => {
      for (let i = 0; i < 100; i++) expect(await guess(OWNER, `203.0.113.${i}`)).toBe(OWNER);
      expect((await distributedAttack()).slice(0, 31)).toEqual(Array(31).fill('wrong'));
    });

    it('does not count one stranger twice for what was refused already', async () => {
      await fail(60, '198.51.100.1');
      expect(await guess('wrong', '198.51.100.2')).toBe('wrong');
    });
  });

  it('trusts an address for a while', async () => {
    expect(await limiter.isTrusted(7, '192.0.2.1')).toBe(false);
    await limiter.trust(7, '192.0.2.1');
    expect(await limiter.isTrusted(7, '192.0.2.1')).toBe(true);
    expect(await limiter.isTrusted(8, '192.0.2.1')).toBe(false);
    now += 3600 * SECOND;
    expect(await limiter.isTrusted(7, '192.0.2.1')).toBe(false);
  });
});

describe('delayAfter', () => {
  it('doubles up to a quarter of an hour', () => {
    const delays = [4, 5, 6, 7, 11, 12, 13, 1000].map((failures) => delayAfter(failures, PAIR_POLICY) / SECOND);
    expect(delays).toEqual([0, 5, 10, 20, 320, 640, 900, 900]);
    expect(delayAfter(30, CEILING_POLICY)).toBe(0);
  });
});
