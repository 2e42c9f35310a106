import { accessCookieOf, refreshCookieOf } from './token-cookies';

const request = (cookie?: string) => ({ headers: { cookie } });

describe('reading the cookies', () => {
  it.each<[string | undefined, string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['access_token=a.b.c', 'a.b.c'],
    ['theme=dark; access_token=a.b.c;refresh_token=d', 'a.b.c'],
    ['access_token=', undefined],
    ['access_token', undefined],
    ['access_token2=x; not_access_token=y', undefined],
    ['access_token=first; access_token=second', 'first'],
  ])('%p', (header, token) => {
    expect(accessCookieOf(request(header))).toBe(token);
  });

  it('tells the two apart', () => {
    expect(refreshCookieOf(request('access_token=a; refresh_token=r'))).toBe('r');
  });
});
