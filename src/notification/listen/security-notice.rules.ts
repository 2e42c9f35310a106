import type { SecurityEventKind, SecurityEventPayload } from '../../auth/events/security-event.event';
import type { BankDetailsChangedPayload } from '../../subscription/events/bank-details-changed.event';
import type { Notice } from '../deliver/notice';

/** What auth mails in words of its own, in the transaction of the change. */
const MAILED: readonly SecurityEventKind[] = ['password-changed', 'password-reset', 'refresh-reused'];

export function securityNotice({ kind, ip, user_agent }: SecurityEventPayload, factId: string): Notice {
  return {
    kind: 'security',
    factKey: `security:${factId}`,
    actorId: null,
    data: { event: kind, ip, user_agent },
    ...(MAILED.includes(kind) && { isMailed: true }),
  };
}

/** Mailed where the change is made. */
export function bankDetailsNotice({ change }: BankDetailsChangedPayload, factId: string): Notice {
  const data = { event: `bank-details-${change}` };
  return { kind: 'security', factKey: `security:${factId}`, actorId: null, data, isMailed: true };
}
