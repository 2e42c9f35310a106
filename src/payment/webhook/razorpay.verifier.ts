import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../infra/config/settings';
import { hmacSha256, sha256Hex } from '../../infra/crypto/digest';
import { type InboundCall, SignatureVerifier, type Verification } from '../../infra/webhook/inbound-call';
import { secretId } from '../../infra/webhook/secret-id';
import { searchTerms } from './search-terms.rules';
import { invalidSignature } from './webhook.errors';

const SIGNATURE = 'x-razorpay-signature';
const EVENT_ID = 'x-razorpay-event-id';
const DIGEST = /^[0-9a-f]{64}$/i;
const SANE_EVENT_ID = /^[\x21-\x7e]{1,128}$/;

/**
 * The webhook's secret, or a former one of the list, over the bytes of the body (COMPAT 3.5). Razorpay signs no time: a
 * call that is sent again by somebody else is a repeat, or does nothing twice.
 */
@Injectable()
export class RazorpayVerifier extends SignatureVerifier<undefined> {
  readonly secretIds: readonly string[];
  private readonly secrets: readonly string[];

  constructor(settings: Settings) {
    super();
    this.secrets = settings.razorpay?.webhookSecrets ?? [];
    this.secretIds = this.secrets.map(secretId);
  }

  verify({ headers, body }: InboundCall): Verification<undefined> {
    const signer = this.signerOf(headers[SIGNATURE], body);
    const signerId = this.secretIds[signer];
    if (signerId === undefined) {
      return { genuine: false, fault: 'signature', error: invalidSignature(), counts: true, terms: [] };
    }
    return {
      genuine: true,
      // The worker reads the body: the sender waits for its answer.
      document: undefined,
      eventKey: eventKey(headers, body),
      secretId: signerId,
      signedAt: null,
      terms: searchTerms(body),
    };
  }

  /** Index of the secret, or -1. */
  private signerOf(header: string | string[] | undefined, body: Buffer): number {
    if (typeof header !== 'string' || !DIGEST.test(header)) return -1;
    const digest = Buffer.from(header, 'hex');
    return this.secrets.findIndex((secret) => timingSafeEqual(digest, hmacSha256(secret, body)));
  }
}

/** The id of the event, the same at every repeat; without one the body itself tells repeats. */
function eventKey(headers: IncomingHttpHeaders, body: Buffer): string {
  const id = headers[EVENT_ID];
  return typeof id === 'string' && SANE_EVENT_ID.test(id) ? id : `body:${sha256Hex(body)}`;
}
