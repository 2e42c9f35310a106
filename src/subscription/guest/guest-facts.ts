import type { Fact } from '../../infra/outbox/fact';

export type GuestLinkRequestedPayload = { email: string };

/**
 * Somebody asked for another link. Whether anything waits for the mailbox is looked up by the listener, after the answer:
 * so neither the answer nor the time it takes tells.
 */
export class GuestLinkRequested implements Fact {
  static readonly topic = 'guest-link-requested';
  readonly topic = GuestLinkRequested.topic;

  constructor(readonly payload: GuestLinkRequestedPayload) {}
}

export type GuestPurchaseReturnedPayload = { checkout_id: number };

/** A guest's purchase is over before it opened anything: what came in for it goes back. */
export class GuestPurchaseReturned implements Fact {
  static readonly topic = 'guest-purchase-returned';
  readonly topic = GuestPurchaseReturned.topic;

  constructor(readonly payload: GuestPurchaseReturnedPayload) {}
}
