import type { Fact } from '../../infra/outbox/fact';

export type EmailVerifiedPayload = { account_id: number; email: string };

/** The owner of the account proved the mailbox (or, with verification switched off, registering counted as the proof). */
export class EmailVerified implements Fact {
  static readonly topic = 'email-verified';
  readonly topic = EmailVerified.topic;

  constructor(readonly payload: EmailVerifiedPayload) {}
}
