import { CharField } from '../../../infra/http/fields';

const LONGEST_TOKEN = 4096;

export class TokenRequest {
  @CharField({ max: 254, example: 'ravi', description: 'The username or the e-mail address.' })
  username: string;

  @CharField({ example: 'correct horse battery' })
  password: string;
}

export class RefreshRequest {
  @CharField({ max: LONGEST_TOKEN, example: 'eyJhbGciOi…' })
  refresh: string;
}

/** A browser has it in a cookie; what stands in the body wins. */
export class BrowserRefreshRequest {
  @CharField({ max: LONGEST_TOKEN, required: false, example: 'eyJhbGciOi…' })
  refresh?: string;
}

/** Any of the above, encrypted to a key of `/.well-known/jwks.json`. */
export class EncryptedRequest {
  @CharField({
    max: 16_384,
    example: 'eyJhbGciOiJSU0EtT0FFUC0yNTYi…',
    description: 'A compact JWE (RSA-OAEP-256, A256GCM) of the plain body as JSON.',
  })
  payload: string;
}
