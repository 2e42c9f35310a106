import { accountOutcome, allowanceOf, apiUrl, tokenOf, unenrolOutcome, usernameOf } from './openedx.rules';

const answer = (status: number, body: unknown = '') => ({
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

it('finds the API below any base', () => {
  const paths = ['https://a.b', 'https://a.b/', 'https://a.b/lms//'].map((base) => apiUrl(base, 'access_token'));
  expect(paths).toEqual([
    'https://a.b/oauth2/access_token',
    'https://a.b/oauth2/access_token',
    'https://a.b/lms/oauth2/access_token',
  ]);
});

it.each([
  [answer(200, { access_token: 'x', expires_in: 3600 }), { text: 'x', seconds: 3600 }],
  [answer(200, { access_token: 'x' }), { text: 'x', seconds: 60 }],
  [answer(200, { access_token: '' }), undefined],
  [answer(200, { access_token: 'a\r\nb: c' }), undefined],
  [answer(200, { access_token: 'a é' }), undefined],
  [answer(200, '<html>'), undefined],
  [answer(401, { access_token: 'x' }), undefined],
])('a token %#', (given, token) => expect(tokenOf(given)).toEqual(token));

it.each([
  [answer(204), 'gone'],
  [answer(404, { message: 'none' }), 'gone'],
  [answer(404, '<h1>Page not found</h1>'), 'unreachable'],
  [answer(403, { detail: 'x' }), 'unreachable'],
  [answer(405), 'unreachable'],
  [answer(401), undefined],
  [answer(500), undefined],
])('an allowance %#', (given, allowance) => expect(allowanceOf(given)).toBe(allowance));

it.each([
  [answer(200, [{ username: 'u' }]), 'u'],
  [answer(200, []), undefined],
  [answer(200, [{ username: 'u' }, { username: 'v' }]), undefined],
  [answer(200, [{}]), undefined],
  [answer(200, [null]), undefined],
  [answer(404), undefined],
])('an account %#', (given, username) => expect(usernameOf(given)).toBe(username));

it('believes that there is no account only where the client sees accounts', () => {
  expect(accountOutcome(answer(404), 'gone')).toEqual({ kind: 'told', told: 'ended' });
  expect(accountOutcome(answer(404), 'unreachable')).toMatchObject({ kind: 'told', told: 'kept' });
  expect(accountOutcome(answer(500), 'gone')).toMatchObject({ kind: 'failed' });
  expect(accountOutcome(answer(200, []), 'gone')).toMatchObject({ kind: 'failed' });
});

it.each([
  [answer(200, { is_active: false }), { kind: 'told', told: 'ended' }],
  [answer(200, { is_active: true }), { kind: 'failed', isSlow: true }],
  [answer(400, { message: 'x' }), { kind: 'told', told: 'kept' }],
  [answer(406, { message: 'x' }), { kind: 'told', told: 'kept' }],
  [answer(404), { kind: 'failed', isSlow: true }],
  [answer(401), { kind: 'failed', isSlow: true }],
  [answer(502), { kind: 'failed', isSlow: false, mayHaveWorked: true }],
])('an end %#', (given, outcome) => expect(unenrolOutcome(given)).toMatchObject(outcome));
