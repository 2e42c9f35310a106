import { badAuthorizationHeader, refusedKey } from '../auth.errors';

/** What a request offers to be recognised by. */
export interface Credential {
  readonly via: 'bearer' | 'token' | 'cookie';
  readonly text: string;
}

/**
 * An explicit `Authorization: Bearer` or `Token` wins over the cookie; other schemes are not ours and count as none.
 * Throws, as simplejwt and DRF do, where the header is of ours but not in its form.
 */
export function credentialOf(authorization: string | undefined, cookie: string | undefined): Credential | undefined {
  const [scheme = '', text, ...rest] = (authorization ?? '').trim().split(/\s+/);
  switch (scheme.toLowerCase()) {
    case 'bearer':
      if (text === undefined || rest.length > 0) throw badAuthorizationHeader();
      return { via: 'bearer', text };
    case 'token':
      if (text === undefined) throw refusedKey('Invalid token header. No credentials provided.');
      if (rest.length > 0) throw refusedKey('Invalid token header. Token string should not contain spaces.');
      return { via: 'token', text };
    default:
      return cookie ? { via: 'cookie', text: cookie } : undefined;
  }
}
