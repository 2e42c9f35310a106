import type { GatewayRefund, Notes } from '../gateway/payment-gateway';

const KEY_NOTE = 'refund_key';

/** What the gateway keeps beside a refund of ours, so that we know it again whoever tells us of it. */
export function refundNotes(refundKey: string): Notes {
  return { [KEY_NOTE]: refundKey };
}

/** The key of a refund that we asked for; undefined where the gateway's dashboard did. */
export function refundKeyOf({ notes, receipt }: Pick<GatewayRefund, 'notes' | 'receipt'>): string | undefined {
  return notes[KEY_NOTE] ?? receipt ?? undefined;
}
