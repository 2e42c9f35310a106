import type { SettingsReader } from './settings-reader';

const EMAIL_VERIFICATION = ['mandatory', 'optional', 'none'] as const;

export interface AccountSettings {
  readonly accessTokenTtlSeconds: number;
  readonly refreshTokenTtlSeconds: number;
  readonly emailVerification: (typeof EMAIL_VERIFICATION)[number];
  /** An administrator who is ensured at every boot. */
  readonly admin: { readonly username: string; readonly email: string; readonly password: string } | undefined;
}

export function readAccount(reader: SettingsReader): AccountSettings {
  const names = ['ADMIN_USERNAME', 'ADMIN_EMAIL', 'ADMIN_PASSWORD'] as const;
  reader.allOrNone(names);
  const [username, email, password] = names.map((name) => reader.text(name));
  if (password !== undefined && password.length < 8) reader.fault('ADMIN_PASSWORD needs at least 8 characters');
  return {
    accessTokenTtlSeconds: reader.seconds('ACCESS_TOKEN_TTL', 300, 1),
    refreshTokenTtlSeconds: reader.seconds('REFRESH_TOKEN_TTL', 14 * 86_400, 60),
    emailVerification: reader.choice('EMAIL_VERIFICATION', EMAIL_VERIFICATION, 'mandatory'),
    admin: username && email && password ? { username, email, password } : undefined,
  };
}
