import { urlFault } from './outbound-url.rules';

describe('urlFault', () => {
  it.each(['https://example.org', 'https://example.org:8443/a?b=c', 'https://127.0.0.1/'])('%s is fine', (text) =>
    expect(urlFault(text, false)).toBeUndefined(),
  );

  it.each([
    ['', 'Enter a valid URL.'],
    ['example.org', 'Enter a valid URL.'],
    ['http://example.org', 'The URL must begin with https://.'],
    ['ftp://example.org', 'The URL must begin with https://.'],
    ['file:///etc/passwd', 'The URL must begin with https://.'],
    ['https://a:b@example.org', 'The URL must not hold a username or a password.'],
    ['https://a@example.org', 'The URL must not hold a username or a password.'],
    ['https://example.org/#x', 'The URL must not hold a fragment.'],
    [`https://example.org/${'x'.repeat(2_000)}`, 'Ensure this field has no more than 2000 characters.'],
  ])('%s is not', (text, fault) => expect(urlFault(text, false)).toBe(fault));

  it('may be plain HTTP where private networks are allowed', () => {
    expect(urlFault('http://127.0.0.1:1/', true)).toBeUndefined();
    expect(urlFault('ftp://127.0.0.1:1/', true)).toBe('The URL must begin with https://.');
  });
});
