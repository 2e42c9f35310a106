import { Injectable, type PipeTransform } from '@nestjs/common';
import { invalid } from '../../common/domain-error';
import { EncryptionKeyService } from './encryption-key.service';

const LONGEST = 16_384;

/** `{"payload": "<compact JWE>"}` stands for the JSON that is encrypted in it (R16); other bodies pass as they are. */
@Injectable()
export class EncryptedBodyPipe implements PipeTransform {
  constructor(private readonly keys: EncryptionKeyService) {}

  transform(body: unknown): unknown {
    return holdsPayload(body) ? this.open(body.payload) : body;
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

function holdsPayload(body: unknown): body is { payload: unknown } {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, 'payload');
}

function refused(message: string) {
  return invalid({ payload: [message] });
}
