import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { invalid } from '../../common/domain-error';
import { EncryptionKeyService } from './encryption-key.service';

const LONGEST = 16_384;

/** `{"payload": "<compact JWE>"}` stands for what is encrypted in it (R16): from here on that is the body. */
@Injectable()
export class EncryptedBodyInterceptor implements NestInterceptor {
  constructor(private readonly keys: EncryptionKeyService) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const payload = payloadOf(request.body);
    if (payload !== undefined) request.body = await this.open(payload);
    return next.handle();
  }

  private async open(payload: unknown): Promise<unknown> {
    if (typeof payload !== 'string') throw refused('Not a valid string.');
    if (payload.length > LONGEST) throw refused(`Ensure this field has no more than ${LONGEST} characters.`);
    try {
      return JSON.parse(await this.keys.decrypt(payload.trim())) as unknown;
    } catch {
      // One answer for every fault: what exactly went wrong helps only somebody who tries keys.
      throw refused('The payload could not be decrypted.');
    }
  }
}

function payloadOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, 'payload')
    ? (body as { payload: unknown }).payload
    : undefined;
}

function refused(message: string) {
  return invalid({ payload: [message] });
}
