import { isRetryable, isStillReferenced, isUnavailable, isUniqueViolation } from './database-error';

const postgres = { code: '23505', constraint: 'uq_account_email_key' };
const mariadb = {
  errno: 1062,
  code: 'ER_DUP_ENTRY',
  message: `Duplicate entry 'o'neil' for key 'uq_account_email_key'`,
};
const mysql = { errno: 1062, message: `Duplicate entry 'a' for key 'account.uq_account_email_key'` };

describe('a duplicate key', () => {
  it.each([postgres, mariadb, mysql, { driverError: postgres }])('is recognised: %p', (error) => {
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, 'uq_account_email_key')).toBe(true);
    expect(isUniqueViolation(error, 'uq_account_username_key')).toBe(false);
  });

  it.each([undefined, null, 'text', new Error('duplicate'), { code: '23503' }, { errno: 1452 }])(
    'is not %p',
    (error) => {
      expect(isUniqueViolation(error)).toBe(false);
    },
  );
});

describe('a row that others name', () => {
  it.each([{ code: '23503' }, { code: '23001' }, { errno: 1451 }, { errno: 1217 }, { driverError: { errno: 1451 } }])(
    'is recognised: %p',
    (error) => expect(isStillReferenced(error)).toBe(true),
  );

  it.each([postgres, mariadb, { errno: 1452 }, new Error('still referenced'), undefined])('is not %p', (error) => {
    expect(isStillReferenced(error)).toBe(false);
  });
});

describe('a failure that may pass', () => {
  it.each([
    { code: '40001' },
    { code: '40P01' },
    { errno: 1213 },
    { errno: 1205 },
    { errno: 1467 },
    { driverError: { errno: 1020 } },
  ])('is worth another try: %p', (error) => expect(isRetryable(error)).toBe(true));

  it.each([postgres, mariadb, new Error('deadlock'), undefined])('is not %p', (error) => {
    expect(isRetryable(error)).toBe(false);
  });
});

describe('a server that is away', () => {
  it.each([
    { code: 'ECONNREFUSED' },
    { code: '57P03' },
    { code: '53300' },
    { code: 'PROTOCOL_CONNECTION_LOST' },
    new Error('timeout exceeded when trying to connect'),
  ])('is recognised: %p', (error) => expect(isUnavailable(error)).toBe(true));

  it.each([postgres, new Error('no such table'), undefined])('is not %p', (error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});
