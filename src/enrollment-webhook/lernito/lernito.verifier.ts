import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Settings } from '../../infra/config/settings';
import { hmacSha256 } from '../../infra/crypto/digest';
import { parseError } from '../../infra/http/transport-errors';
import {
  type InboundCall,
  type RefusedCall,
  SignatureVerifier,
  type Verification,
} from '../../infra/webhook/inbound-call';
import { secretId } from '../../infra/webhook/secret-id';
import { explainSignature } from '../lernito-explanation.rules';
import { type SignedBody, verifySignature, verifyTimestamp } from '../lernito-signature.rules';
import { parsePythonJson } from '../python-json/python-json';
import { PythonJsonError } from '../python-json/python-json.error';
import type { PythonJson } from '../python-json/python-json.value';
import { searchTerms } from './search-terms.rules';
import { invalidSignature } from '../enrollment-webhook.errors';

const SIGNATURE = 'x-lernito-signature';
const TIMESTAMP = 'x-lernito-timestamp';

/** COMPAT 1.2, steps 1 and 2, and the signed time that the old server knew nothing of. */
@Injectable()
export class LernitoVerifier extends SignatureVerifier<PythonJson> {
  readonly secretIds: readonly string[];
  private readonly secrets: readonly string[];

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    super();
    this.secrets = settings.lernitoWebhookSecrets;
    this.secretIds = this.secrets.map(secretId);
  }

  verify({ headers, body }: InboundCall): Verification<PythonJson> {
    const document = parsed(body);
    if (document instanceof PythonJsonError) return malformed(document);
    const signed = { raw: body, document };
    const terms = searchTerms(document);
    const signature = textOf(headers, SIGNATURE);
    const verdict = verifySignature(this.secrets, signed, signature);
    if (signature === undefined || !verdict.ok) {
      return refused('signature', () => explainSignature(this.secrets, signed, signature), terms, this.settings);
    }
    const time = this.signedTime(signed, textOf(headers, TIMESTAMP));
    if (typeof time === 'string') return refused('timestamp', () => ({ problem: time }), terms, this.settings);
    return {
      genuine: true,
      document,
      eventKey: hmacSha256(signature.toLowerCase(), body).toString('hex'),
      secretId: this.secretIds[verdict.secretIndex] ?? '',
      signedAt: time,
      terms,
    };
  }

  /** Null where none was sent and none is asked for; a text says what is wrong. */
  private signedTime({ raw }: SignedBody, header: string | undefined): Date | null | string {
    if (header === undefined) {
      return this.settings.lernitoRequireTimestamp ? 'The header X-Lernito-Timestamp is missing.' : null;
    }
    const verdict = verifyTimestamp(this.secrets, raw, header, this.clock.now());
    return verdict.ok ? verdict.signedAt : TIMESTAMP_PROBLEMS[verdict.reason];
  }
}

const TIMESTAMP_PROBLEMS = {
  malformed: 'X-Lernito-Timestamp must be t=<unix seconds>,v1=<64 hex digits>.',
  signature:
    'The v1 of X-Lernito-Timestamp is not the HMAC-SHA256, with the shared secret, of "<t>." and the raw body.',
  stale: 'X-Lernito-Timestamp is more than five minutes old.',
  future: 'X-Lernito-Timestamp lies more than five minutes ahead of our clock.',
} as const;

function parsed(body: Buffer): PythonJson | PythonJsonError {
  try {
    return parsePythonJson(body);
  } catch (error) {
    if (error instanceof PythonJsonError) return error;
    throw error;
  }
}

function malformed(error: PythonJsonError): RefusedCall {
  return { genuine: false, fault: 'malformed', error: parseError(error.message), counts: false, terms: [] };
}

/** Outside production the answer says what was expected; in production it is the bare contract. */
function refused(
  fault: string,
  explain: () => object,
  terms: readonly string[],
  { isProduction }: Settings,
): RefusedCall {
  const bare = { genuine: false, fault, error: invalidSignature(), counts: true, terms } as const;
  return isProduction ? bare : { ...bare, explained: () => invalidSignature(explain()) };
}

/** A header that is given twice arrives as one text with a comma: no signature, no time. */
function textOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.join(', ');
}
