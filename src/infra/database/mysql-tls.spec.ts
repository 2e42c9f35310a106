import { mysqlTls } from './mysql-tls';

describe('TLS to MySQL', () => {
  it.each([
    ['', undefined],
    ['?ssl-mode=DISABLED', undefined],
    ['?ssl-mode=REQUIRED', { rejectUnauthorized: false }],
    ['?ssl-mode=VERIFY_IDENTITY', { rejectUnauthorized: true }],
    ['?ssl=true', { rejectUnauthorized: true }],
  ])('mysql://host/name%s', (parameters, tls) => {
    expect(mysqlTls(`mysql://user@host:3306/name${parameters}`)).toEqual(tls);
  });
});
