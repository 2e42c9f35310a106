import { emailKey, usernameKey } from './normalise';

describe('the key of an identity', () => {
  it.each([
    [' Ada@Example.ORG ', 'ada@example.org'],
    ['ZOE\u0308@example.org', 'zo\u00eb@example.org'],
    ['\uFF41\uFF44\uFF41', 'ada'],
    ['\u212Aelvin', 'kelvin'],
  ])('%p is %p', (text, key) => {
    expect(emailKey(text)).toBe(key);
    expect(usernameKey(text)).toBe(key);
  });

  it('does not change when it is made of a key', () => {
    for (const text of ['\u0130stanbul', 'STRASSE', '\u1E9E', '\uFB01', '\u03A3']) {
      expect(usernameKey(usernameKey(text))).toBe(usernameKey(text));
    }
  });

  it('keeps apart what only looks alike', () => {
    expect(usernameKey('jose')).not.toBe(usernameKey('jos\u00e9'));
  });
});
