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

  it.each([
    'victim@exam\u00adple.org',
    'victim@exam\u200bple.org',
    'victim@example\u3002org',
    'victim@exam\ufe0fple.org',
    'victim@example.org\u200b',
    'VICTIM\uff20EXAMPLE.org',
  ])('%j is the mailbox that its mail goes to', (text) => {
    expect(emailKey(text)).toBe('victim@example.org');
  });

  it.each([
    ['Victim@b\u00fccher.example', 'victim@xn--bcher-kva.example'],
    ['victim@XN--BCHER-KVA.example', 'victim@xn--bcher-kva.example'],
    // A capital sigma at the end of a word: lower-casing makes another letter of it than domain names do.
    ['victim@\u0391\u03a3.example', emailKey('victim@\u03b1\u03c3.example')],
    ['victim@[0:0::1]', 'victim@[::1]'],
    ['Victim@[127.0.0.1]', 'victim@[127.0.0.1]'],
    ['victim@XN--A.org', 'victim@xn--a.org'],
    ['a@B@Example.org', 'a@b@example.org'],
    ['Victim@', 'victim@'],
  ])('%j is found as %j, and so is its key', (text, key) => {
    expect(emailKey(text)).toBe(key);
    expect(emailKey(key)).toBe(key);
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
