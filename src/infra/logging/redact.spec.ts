import { errorForLog, redact, redactText } from './redact';
import { maskedPath } from './request-log';

const TOKEN = 'abcdefghijklmnopqrstuvwxyz0123456789';
const JWT = `eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoxfQ.${TOKEN}`;

describe('redact', () => {
  it.each([
    'authorization',
    'Authorization',
    'cookie',
    'set-cookie',
    'Plugin-User-Id',
    'encrypted_user_id',
    'X-Lernito-Signature',
    'password',
    'new_password1',
    'oldPassword',
    'refresh_token',
    'accessToken',
    'client_secret',
    'apiKey',
    'payload',
    'key',
    'accountNumber',
    'account_holder_name',
    'ifscCode',
    'BankName',
  ])('hides %s wherever it stands', (name) => {
    expect(redact({ [name]: TOKEN })).toEqual({ [name]: '[redacted]' });
    expect(redact({ request: [{ headers: { [name]: [TOKEN] } }] })).toEqual({
      request: [{ headers: { [name]: '[redacted]' } }],
    });
  });

  it('keeps what helps', () => {
    const facts = { accountId: 5, courseKey: 'course-v1:A+B+C', status: 'ok', at: new Date(0), none: null, big: 5n };
    expect(redact(facts)).toEqual({ ...facts, big: '5' });
  });

  it('ends on circles, bytes and long lists', () => {
    const circle: Record<string, unknown> = { bytes: Buffer.from('secret'), list: Array(1000).fill(1) };
    circle.self = circle;
    const text = JSON.stringify(redact(circle));
    expect(text).toContain('[6 bytes]');
    expect(text).not.toContain('secret');
    expect(text.length).toBeLessThan(5_000);
  });
});

describe('redactText', () => {
  it.each([
    [`Authorization: Bearer ${TOKEN}`, 'Authorization: Bearer [redacted]'],
    [`Token ${TOKEN} is bad`, 'Token [redacted] is bad'],
    [`jwt ${JWT} expired`, 'jwt [redacted] expired'],
    [`got gAAAAABn${TOKEN}==`, 'got [redacted]'],
    ['connect postgres://ada:hunter22@db:5432/x', 'connect postgres://ada:[redacted]@db:5432/x'],
    ['password=hunter22&x=1', 'password=[redacted]&x=1'],
    ['{"password":"hunter22","x":1}', '{"password":"[redacted]","x":1}'],
    ['GET /confirm?key=abc123&page=2', 'GET /confirm?key=[redacted]&page=2'],
    ['nothing of note: error 23505 in key uq_account', 'nothing of note: error 23505 in key uq_account'],
  ])('%s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });
});

describe('errorForLog', () => {
  it('keeps what is known to be harmless, of causes too', () => {
    const driver = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: 'Key (email)=(ada@example.org)',
    });
    const error = Object.assign(new Error('insert failed', { cause: driver }), {
      query: 'insert into account',
      parameters: ['ada@example.org'],
    });
    const logged = errorForLog(error);
    expect(logged).toMatchObject({
      type: 'Error',
      message: 'insert failed',
      cause: { message: 'duplicate key', code: '23505' },
    });
    expect(logged.stack).toContain('redact.spec');
    expect(JSON.stringify(logged)).not.toContain('ada@example.org');
  });
});

describe('maskedPath', () => {
  it.each([
    ['/unknown/path?token=abc', '/unknown/path'],
    [`/confirm/${TOKEN}/`, '/confirm/…/'],
    ['/a#b', '/a'],
  ])('%s is written as %s', (url, expected) => {
    expect(maskedPath(url)).toBe(expected);
  });
});
