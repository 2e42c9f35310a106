import { isForeign, isUnsafe } from './origin.rules';

const OPEN = { allowed: new Set(['http://localhost:8000', 'https://app.example.org']), isSecure: false };
const SECURE = { allowed: new Set(['https://api.example.org']), isSecure: true };

describe('isForeign', () => {
  it.each<[string, string | undefined, string | undefined, boolean]>([
    ['nothing said: no browser', undefined, undefined, false],
    ['the public URL', 'http://localhost:8000', undefined, false],
    ['an allowed origin on another site', 'https://app.example.org', 'cross-site', false],
    ['the host that was asked', 'http://127.0.0.1:8000', 'same-origin', false],
    ['the host that was asked, behind a TLS proxy', 'https://127.0.0.1:8000', undefined, false],
    ['another site', 'https://evil.example', 'cross-site', true],
    ['another port of the host', 'http://127.0.0.1:9000', 'same-site', true],
    ['an opaque origin', 'null', undefined, true],
    ['a prefix of an allowed origin', 'https://app.example.org.evil.example', undefined, true],
    ['only a foreign site told', undefined, 'cross-site', true],
    ['only a neighbour told', undefined, 'same-site', true],
    ['only our own site told', undefined, 'same-origin', false],
    ['typed by the user', undefined, 'none', false],
    ['an origin weighs more than the site', 'https://evil.example', 'same-origin', true],
  ])('%s', (_, origin, secFetchSite, foreign) => {
    expect(isForeign({ origin, secFetchSite, host: '127.0.0.1:8000' }, OPEN)).toBe(foreign);
  });

  it('does not take the same host by http for its own under https', () => {
    const host = 'www.example.org';
    expect(isForeign({ origin: `https://${host}`, secFetchSite: undefined, host }, SECURE)).toBe(false);
    expect(isForeign({ origin: `http://${host}`, secFetchSite: undefined, host }, SECURE)).toBe(true);
  });
});

describe('isUnsafe', () => {
  it('is what may change something', () => {
    expect(['GET', 'HEAD', 'OPTIONS'].some(isUnsafe)).toBe(false);
    expect(['POST', 'PUT', 'PATCH', 'DELETE'].every(isUnsafe)).toBe(true);
  });
});
