/** `?ssl-mode=required` encrypts, `verify_ca`, `verify_identity` and `ssl=true` also check who answers. */
export function mysqlTls(url: string): { rejectUnauthorized: boolean } | undefined {
  const { searchParams } = new URL(url);
  const mode = searchParams.get('ssl-mode') ?? searchParams.get('sslmode') ?? searchParams.get('ssl') ?? '';
  switch (mode.toLowerCase().replace('-', '_')) {
    case '':
    case 'disabled':
    case 'preferred':
    case 'false':
      return undefined;
    case 'required':
    case 'require':
      return { rejectUnauthorized: false };
    default:
      return { rejectUnauthorized: true };
  }
}
