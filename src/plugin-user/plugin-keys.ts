import { Injectable } from '@nestjs/common';
import { sha256Hex } from '../infra/crypto/digest';
import { FieldCipher } from '../infra/crypto/field-cipher';

/** Tells keys apart without showing them. */
export function keyFingerprint(key: string): string {
  return sha256Hex(key).slice(0, 16);
}

/** Keys as they lie in the database: bound to their plugin, so that one can't be slipped to another. */
@Injectable()
export class PluginKeys {
  constructor(private readonly cipher: FieldCipher) {}

  seal(pluginId: number, key: string): string {
    return this.cipher.encrypt(key, context(pluginId, keyFingerprint(key)));
  }

  open(pluginId: number, fingerprint: string, secret: string): string {
    return this.cipher.decrypt(secret, context(pluginId, fingerprint));
  }
}

function context(pluginId: number, fingerprint: string): string {
  return `plugin_key:${pluginId}:${fingerprint}`;
}
