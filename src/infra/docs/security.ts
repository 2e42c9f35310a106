import type { Access } from '../../common/access';
import type { Components, SecurityRequirement } from './open-api.types';

type SecuritySchemes = NonNullable<Components['securitySchemes']>;

const ACCOUNT_SCHEMES: SecuritySchemes = {
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'access_token',
    description:
      'Set by `POST /api/token/`, HttpOnly. On this page: log in at the top. Unsafe requests are taken from our own and ' +
      'the allowed origins only.',
  },
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The `access` of `POST /authenticate/api/token/`. Wins over the cookie.',
  },
  token: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`Token <key>`, with the `key` of `POST /authenticate/rest-auth/login/`.',
  },
};

const ACCOUNT: SecurityRequirement[] = Object.keys(ACCOUNT_SCHEMES).map((name) => ({ [name]: [] }));

const PLUGIN_USER = 'plugin-user';

/** What a caller must show, any one of them. An empty one: nothing will do too. */
export function requirementsOf(access: Access): SecurityRequirement[] {
  switch (access.kind) {
    case 'public':
      return [];
    case 'optional':
      return [{}, ...ACCOUNT];
    case 'authenticated':
    case 'roles':
      return ACCOUNT;
    case 'signed-by':
      return [{ [signatureScheme(access.source)]: [] }];
    case 'plugin-user':
      return [{ [PLUGIN_USER]: [] }];
  }
}

export function schemesOf(accesses: readonly Access[]): SecuritySchemes {
  const sources = accesses.flatMap((access) => (access.kind === 'signed-by' ? access.source : []));
  const signatures = [...new Set(sources)].sort().map((source) => [signatureScheme(source), signatureHeader(source)]);
  return {
    ...ACCOUNT_SCHEMES,
    [PLUGIN_USER]: {
      type: 'apiKey',
      in: 'header',
      name: 'Plugin-User-Id',
      description: 'An encrypted user id (Fernet).',
    },
    ...(Object.fromEntries(signatures) as SecuritySchemes),
  };
}

function signatureScheme(source: string): string {
  return `${source}-signature`;
}

function signatureHeader(source: string): SecuritySchemes[string] {
  const name = `X-${source.charAt(0).toUpperCase()}${source.slice(1)}-Signature`;
  return { type: 'apiKey', in: 'header', name, description: 'HMAC-SHA256 over the body: see docs/integrators.md.' };
}
