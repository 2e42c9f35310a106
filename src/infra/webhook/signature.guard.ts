import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { accessOf } from '../../common/access';
import { clientAddress } from '../http/client';
import { FailureLimiter } from '../rate-limit/failure-limiter';
import type { InboundCall, RefusedCall } from './inbound-call';
import { keptHeaders } from './kept-headers.rules';
import { RejectionLog } from './rejection.log';
import type { WithSignedCall } from './signed-call';
import { WebhookSources } from './webhook-sources';

/**
 * A body of more bytes costs enough to parse and verify that it is only done for an address within its limit. Ordinary
 * calls have a few hundred.
 */
export const LARGE_BODY_BYTES = 65_536;

/** Lets genuine calls of the route's source in; the others get their source's answer and are counted by address. */
@Injectable()
export class SignatureGuard implements CanActivate {
  constructor(
    private readonly sources: WebhookSources,
    private readonly rejections: RejectionLog,
    private readonly failures: FailureLimiter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & WithSignedCall>();
    const { name, verifier } = this.sources.get(sourceOf(context));
    const call = { headers: request.headers, body: request.rawBody ?? Buffer.alloc(0) };
    const address = clientAddress(request);
    if (isLarge(call)) await this.failures.check(name, address);
    const verification = verifier.verify(call);
    if (!verification.genuine) return this.refuse(name, call, verification, address);
    const { document, eventKey, secretId, signedAt, terms } = verification;
    const headers = keptHeaders(call.headers);
    request.signedCall = { source: name, body: call.body, headers, document, eventKey, secretId, signedAt, terms };
    return true;
  }

  /** Of a small call only here is the address looked at: a genuine one passes, whatever else its address has sent. */
  private async refuse(source: string, call: InboundCall, refused: RefusedCall, address: string): Promise<never> {
    if (refused.counts || isLarge(call)) {
      await this.failures.check(source, address);
      await this.failures.failed(source, address);
    }
    await this.rejections.keep(source, call, refused);
    throw refused.explained?.() ?? refused.error;
  }
}

function isLarge({ body }: InboundCall): boolean {
  return body.length > LARGE_BODY_BYTES;
}

function sourceOf(context: ExecutionContext): string {
  const access = accessOf(context.getHandler());
  if (access?.kind !== 'signed-by') throw new Error('the signature guard stands on a route without @SignedBy()');
  return access.source;
}
