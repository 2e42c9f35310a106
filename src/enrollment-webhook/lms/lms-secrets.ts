import { Injectable } from '@nestjs/common';
import { FieldCipher, FieldCipherError } from '../../infra/crypto/field-cipher';

/** The secrets of LMSs as they lie in the database: bound to their LMS, so that one can't be slipped to another. */
@Injectable()
export class LmsSecrets {
  constructor(private readonly cipher: FieldCipher) {}

  seal(lmsId: number, secret: string): string {
    return this.cipher.encrypt(secret, secretOf(lmsId));
  }

  open(lmsId: number, sealed: string): string {
    return this.cipher.decrypt(sealed, secretOf(lmsId));
  }

  /** Undefined where its key is lost. */
  openIfPossible(lmsId: number, sealed: string): string | undefined {
    return ifPossible(() => this.open(lmsId, sealed));
  }

  sealAddress(deliveryId: number, address: string): string {
    return this.cipher.encrypt(address, addressOf(deliveryId));
  }

  openAddress(deliveryId: number, sealed: string): string {
    return this.cipher.decrypt(sealed, addressOf(deliveryId));
  }

  /** Undefined where its key is lost. */
  openAddressIfPossible(deliveryId: number, sealed: string): string | undefined {
    return ifPossible(() => this.openAddress(deliveryId, sealed));
  }
}

function ifPossible(open: () => string): string | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof FieldCipherError) return undefined;
    throw error;
  }
}

const secretOf = (lmsId: number): string => `lms:${lmsId}`;
const addressOf = (deliveryId: number): string => `lms_delivery:${deliveryId}`;
