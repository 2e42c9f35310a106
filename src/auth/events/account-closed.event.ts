import type { Fact } from '../../infra/outbox/fact';

export type AccountClosedPayload = { account_id: number; email: string };

/** The account is gone, with all that was its alone. Whoever keeps something of the person lets go of it now. */
export class AccountClosed implements Fact {
  static readonly topic = 'account-closed';
  readonly topic = AccountClosed.topic;

  constructor(readonly payload: AccountClosedPayload) {}
}
