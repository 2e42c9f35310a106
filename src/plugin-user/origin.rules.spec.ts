import { judgeOrigin, normalOrigin } from './origin.rules';

describe('an origin', () => {
  it.each([
    ['https://www.sefaria.org', 'https://www.sefaria.org'],
    ['https://Example.org:443/', 'https://example.org'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('%s', (text, origin) => {
    expect(normalOrigin(text)).toBe(origin);
  });

  it.each([
    '',
    '*',
    'null',
    'example.org',
    'https://',
    'https://example.org/a',
    'https://example.org?',
    'https://example.org#',
    'https://me@example.org',
    'https://*.example.org',
    'file:///etc',
    'javascript:alert(1)',
    'https://example.org\\',
  ])('is not %j', (text) => {
    expect(normalOrigin(text)).toBeUndefined();
  });
});

describe('the verdict on a page', () => {
  const registered = { legacy: false, allowedOrigins: new Set(['https://a.example']) };
  const legacy = { ...registered, legacy: true };
  const own = ['https://guildhall.example', 'http://127.0.0.1:8000'];

  it('of its own origins: allowed', () => {
    expect(judgeOrigin('https://a.example', registered, own)).toBe('allowed');
    expect(judgeOrigin('https://a.example', legacy, own)).toBe('allowed');
  });

  it('of ours, and on programs: unheard', () => {
    expect(judgeOrigin(own[0], registered, own)).toBe('unheard');
    expect(judgeOrigin(own[1], registered, own)).toBe('unheard');
    expect(judgeOrigin(undefined, registered, own)).toBe('unheard');
  });

  it('of another plugin: foreign, but not to the legacy plugin', () => {
    expect(judgeOrigin('https://b.example', registered, own)).toBe('foreign');
    expect(judgeOrigin('null', registered, own)).toBe('foreign');
    expect(judgeOrigin('https://b.example', legacy, own)).toBe('unheard');
  });
});
