import { Injectable } from '@nestjs/common';
import { Settings } from '../../infra/config/settings';
import { hmacSha256, timingSafeEqualText } from '../../infra/crypto/digest';
import { asKind, type NotificationKind } from '../kind/notification-kind.rules';

/** Mails of one kind, or the daily ones. */
export type Unsubscribed = NotificationKind | 'digest';

export interface UnsubscribeClaim {
  readonly accountId: number;
  readonly from: Unsubscribed;
}

const TOKEN = /^([1-9]\d{0,15})\.([a-z-]{1,24})\.([A-Za-z0-9_-]{43})$/;

/**
 * What the links of our mails end in: whose mails, of which kind, and an HMAC-SHA256 under a key made from
 * FIELD_ENCRYPTION_KEY. It works for as long as the mail is kept, without a login, and can do nothing else.
 */
@Injectable()
export class UnsubscribeTokens {
  /** Newest first. */
  private readonly keys: readonly Buffer[];
  private readonly base: string;

  constructor(settings: Settings) {
    this.keys = settings.fieldEncryptionKeys.map((secret) => hmacSha256(secret, 'guildhall unsubscribe'));
    this.base = `${settings.publicUrl.href.replace(/\/$/, '')}/feed/api/notifications/unsubscribe`;
  }

  /** The address that a click, or a mail program by itself, posts to. */
  link(claim: UnsubscribeClaim): string {
    return `${this.base}/${this.token(claim)}/`;
  }

  token({ accountId, from }: UnsubscribeClaim): string {
    return `${accountId}.${from}.${mac(this.keys[0] ?? Buffer.alloc(0), accountId, from)}`;
  }

  /** Undefined for a token that we didn't make. */
  read(token: string): UnsubscribeClaim | undefined {
    const [, id = '', what = '', given = ''] = TOKEN.exec(token) ?? [];
    const from = what === 'digest' ? what : asKind(what);
    const accountId = Number(id);
    if (from === undefined || !Number.isSafeInteger(accountId)) return undefined;
    return this.keys.some((key) => timingSafeEqualText(mac(key, accountId, from), given))
      ? { accountId, from }
      : undefined;
  }
}

function mac(key: Buffer, accountId: number, from: Unsubscribed): string {
  return hmacSha256(key, `${accountId}.${from}`).toString('base64url');
}
