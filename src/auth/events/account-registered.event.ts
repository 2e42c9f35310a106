import type { Fact } from '../../infra/outbox/fact';

export type AccountRegisteredPayload = { account_id: number; username: string; email: string };

/** Somebody has an account now. The mailbox may still be unproven. */
export class AccountRegistered implements Fact {
  static readonly topic = 'account-registered';
  readonly topic = AccountRegistered.topic;

  constructor(readonly payload: AccountRegisteredPayload) {}
}
