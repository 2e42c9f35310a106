/** @jest-environment node */
import { availableParallelism } from 'node:os';
import * as argon2Library from '@node-rs/argon2';
import { parseDjangoHash } from './django-hash';
import { PasswordHasher } from './password-hasher';

// The library as it is, but one can look at how often it works.
jest.mock('@node-rs/argon2', () => {
  const library = jest.requireActual<typeof argon2Library>('@node-rs/argon2');
  return { ...library, verify: jest.fn(library.verify) };
});

// Both by Python's hashlib.
const DJANGO = 'pbkdf2_sha256$260000$8Xk2mPq1TzWv$M9pdDZr1ZqXGuJggNgOApn25YaS5chvfvp1QHd43/h8=';
const DJANGO_UNICODE = 'pbkdf2_sha256$1000$seasalt$IL7OmynwXIMIk3yIDV7GK/R5c/B1oyfPxLzYEK7k5tI=';

describe('PasswordHasher', () => {
  const hasher = new PasswordHasher();

  it("hashes with argon2id at OWASP's parameters and a salt of its own each time", async () => {
    const [first, second] = await Promise.all([hasher.hash('correct horse'), hasher.hash('correct horse')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(second).not.toBe(first);
    expect(await hasher.verify('correct horse', first)).toEqual({ matches: true, outdated: false });
    expect(await hasher.verify('Correct horse', first)).toEqual({ matches: false, outdated: false });
  });

  it("verifies Django's pbkdf2_sha256 and calls it outdated", async () => {
    expect(await hasher.verify('correct horse', DJANGO)).toEqual({ matches: true, outdated: true });
    expect(await hasher.verify('pässwörd ☂', DJANGO_UNICODE)).toEqual({ matches: true, outdated: true });
    expect(await hasher.verify('wrong', DJANGO)).toEqual({ matches: false, outdated: false });
  });

  it('calls argon2id at weaker parameters outdated', async () => {
    const weak = await argon2Library.hash('correct horse', { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    expect(await hasher.verify('correct horse', weak)).toEqual({ matches: true, outdated: true });
    expect(await hasher.verify('wrong', weak)).toEqual({ matches: false, outdated: false });
  });

  it.each([
    null,
    undefined,
    '',
    '!unusable',
    'correct horse',
    '$argon2id$',
    '$argon2id$v=19$m=19456,t=2,p=1$bm90IGEgaGFzaA',
    '$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$x',
    'md5$salt$5f4dcc3b5aa765d61d8327deb882cf99',
    'bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuv',
    'pbkdf2_sha256$0$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    'pbkdf2_sha256$1000$salt$short',
  ])('never matches %p', async (stored) => {
    expect(await hasher.verify('correct horse', stored)).toEqual({ matches: false, outdated: false });
  });

  it('does the same work for a wrong password, for none at all and for nobody', async () => {
    const stored = await hasher.hash('correct horse');
    const verify = jest.mocked(argon2Library.verify);
    for (const check of [
      () => hasher.verify('wrong', stored),
      () => hasher.verify('wrong', null),
      () => hasher.verify('wrong', 'of no kind we know'),
      () => hasher.verifyNothing('wrong'),
    ]) {
      verify.mockClear();
      await check();
      expect(verify).toHaveBeenCalledTimes(1);
      expect(verify.mock.calls[0]![0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    }
  });
});

describe('under a storm of logins', () => {
  const STORM = 24;

  it('the event loop goes on turning', async () => {
    const hasher = new PasswordHasher();
    await hasher.verifyNothing('warm up');
    let turns = 0;
    let raging = true;
    const turn = () => {
      turns += 1;
      if (raging) setImmediate(turn);
    };
    setImmediate(turn);
    await Promise.all(Array.from({ length: STORM }, () => hasher.verifyNothing('wrong')));
    raging = false;
    // On the loop itself a hash would let it turn once or twice.
    expect(turns).toBeGreaterThan(10 * STORM);
  });

  it('at least one core is left to others', async () => {
    const hasher = new PasswordHasher();
    const { verify } = jest.requireActual<typeof argon2Library>('@node-rs/argon2');
    let running = 0;
    let most = 0;
    jest.mocked(argon2Library.verify).mockImplementation(async (...parameters) => {
      most = Math.max(most, ++running);
      return verify(...parameters).finally(() => (running -= 1));
    });
    await Promise.all(Array.from({ length: STORM }, () => hasher.verifyNothing('wrong')));
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(Math.max(1, Math.min(3, availableParallelism() - 1)));
  });
});

describe('parseDjangoHash', () => {
  it('refuses a hash that would occupy a slot for minutes', () => {
    const digest = 'A'.repeat(43) + '=';
    expect(parseDjangoHash(`pbkdf2_sha256$2000000$salt$${digest}`)).toBeDefined();
    expect(parseDjangoHash(`pbkdf2_sha256$2000001$salt$${digest}`)).toBeUndefined();
    expect(parseDjangoHash(`pbkdf2_sha256$99999999$salt$${digest}`)).toBeUndefined();
  });
});
