import type { Fact } from '../../infra/outbox/fact';

export type TipReceivedPayload = {
  tip_id: number;
  creator_id: number;
  /** Null where the payer's account is closed, or wants to stay unknown. */
  account_id: number | null;
  /** In minor units. */
  amount: number;
  currency: string;
  /** ISO 8601 */
  at: string;
};

/** A creator was given money. */
export class TipReceived implements Fact {
  static readonly topic = 'tip-received';
  readonly topic = TipReceived.topic;

  constructor(readonly payload: TipReceivedPayload) {}
}
