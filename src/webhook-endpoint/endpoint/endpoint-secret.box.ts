import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../../infra/crypto/field-cipher';
import type { EndpointSecrets } from './endpoint-secret.rules';

/** Secrets at rest are encrypted, and can't be read in another account's row. */
@Injectable()
export class EndpointSecretBox {
  constructor(private readonly cipher: FieldCipher) {}

  seal(accountId: number, secrets: EndpointSecrets): string {
    return this.cipher.encrypt(JSON.stringify(secrets), contextOf(accountId));
  }

  open(accountId: number, sealed: string): EndpointSecrets {
    return JSON.parse(this.cipher.decrypt(sealed, contextOf(accountId))) as EndpointSecrets;
  }
}

const contextOf = (accountId: number): string => `webhook_endpoint:${accountId}`;
