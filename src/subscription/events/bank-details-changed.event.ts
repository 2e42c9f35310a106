import type { Fact } from '../../infra/outbox/fact';

export type BankDetailsChange = 'created' | 'changed' | 'deleted';

export type BankDetailsChangedPayload = {
  /** The creator's. */
  account_id: number;
  change: BankDetailsChange;
  /** ISO 8601 */
  at: string;
};

/** A creator is to be paid elsewhere than before, for the first time, or nowhere any more. */
export class BankDetailsChanged implements Fact {
  static readonly topic = 'bank-details-changed';
  readonly topic = BankDetailsChanged.topic;

  constructor(readonly payload: BankDetailsChangedPayload) {}
}
