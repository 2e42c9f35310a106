import { hmacSha256, randomToken, sha256Hex, timingSafeEqualText } from './digest';

describe('digests', () => {
  it('sha256Hex is SHA-256 of the UTF-8 text', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex('é')).toBe(sha256Hex(Buffer.from('é', 'utf8')));
  });

  it('hmacSha256 is RFC 4231 case 2, in one part or in several', () => {
    const expected = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    expect(hmacSha256('Jefe', 'what do ya want for nothing?').toString('hex')).toBe(expected);
    expect(hmacSha256('Jefe', 'what do ya ', Buffer.from('want for nothing?')).toString('hex')).toBe(expected);
  });

  it('timingSafeEqualText compares texts of any length', () => {
    expect(timingSafeEqualText('secret', 'secret')).toBe(true);
    expect(timingSafeEqualText('', '')).toBe(true);
    expect(timingSafeEqualText('secret', 'secreu')).toBe(false);
    expect(timingSafeEqualText('secret', 'secret ')).toBe(false);
  });

  it('randomToken is url-safe, as long as asked, and never the same', () => {
    expect(randomToken()).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(randomToken(16)).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(new Set(Array.from({ length: 100 }, () => randomToken(16))).size).toBe(100);
  });
});
