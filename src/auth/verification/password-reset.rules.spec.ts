import { accountIdOf, passwordMark, uidOf } from './password-reset.rules';

describe('uidOf and accountIdOf', () => {
  it.each([1, 35, 36, 12_345, Number.MAX_SAFE_INTEGER])('are each other’s reverse: %p', (id) => {
    expect(accountIdOf(uidOf(id))).toBe(id);
  });

  it.each(['', '0', '00', '-1', '1.5', 'A', ' 1', '1 ', '!!', 'zzzzzzzzzzz', 'zzzzzzzzzzzzz', '１'])(
    '%p is nobody',
    (uid) => {
      expect(accountIdOf(uid)).toBeUndefined();
    },
  );
});

describe('passwordMark', () => {
  it('differs with the password, and none is not the same as another', () => {
    const marks = ['$argon2id$a', '$argon2id$b', null].map(passwordMark);
    expect(new Set(marks).size).toBe(3);
    expect(passwordMark('$argon2id$a')).toBe(marks[0]);
  });
});
