import { randomBytes } from 'node:crypto';
import { Fernet } from '../infra/crypto/fernet';
import { canonicalSpelling, userIdOf } from './plugin-token.rules';

describe('the id in a token', () => {
  it.each(['1', '12345', '9223372036854775808', '9'.repeat(19)])('%s', (id) => {
    expect(userIdOf(Buffer.from(id))).toBe(id);
  });

  it.each(['', 'None', '0', '012', '-1', '+1', '1.0', ' 1', '1\n', '1 ', '1e3', '١', '9'.repeat(20), 'null', 'é'])(
    'is not %j',
    (text) => {
      expect(userIdOf(Buffer.from(text))).toBeUndefined();
    },
  );
});

describe("a token's spelling", () => {
  const now = new Date('2025-03-01T12:00:00Z');
  const fernet = new Fernet([Fernet.generateKey()]);
  const token = fernet.encrypt(randomBytes(400), now);

  it.each<[string, (text: string) => string]>([
    ['as made', (text) => text],
    ['with junk in it', (text) => `${text.slice(0, 20)}\n!*${text.slice(20)}`],
    ['with blanks around it', (text) => ` ${text}\r\n`],
    ['in the standard alphabet', (text) => text.replaceAll('-', '+').replaceAll('_', '/')],
    ['with more padding than it needs', (text) => `${text}==`],
  ])('%s is the same token', (_, spell) => {
    expect(fernet.decrypt(canonicalSpelling(spell(token)), now).ok).toBe(true);
  });

  it('ends with the padding: two tokens are none', () => {
    expect(canonicalSpelling(`${fernet.encrypt('1', now)}, ${fernet.encrypt('1', now)}`)).toBe('');
    expect(canonicalSpelling('='.repeat(19_000) + 'a')).toBe('');
    expect(canonicalSpelling('A'.repeat(1_000_000))).toBe('');
  });

  it('of another token is another one', () => {
    const letter = token[50] === 'A' ? 'B' : 'A';
    expect(fernet.decrypt(canonicalSpelling(token.slice(0, 50) + letter + token.slice(51)), now).ok).toBe(false);
  });
});
