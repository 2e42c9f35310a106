import type { Fact } from '../../infra/outbox/fact';

export type MailRequestedPayload = { email: string };

/**
 * Somebody asked for a mail to an address. Whether an account has that address is looked up by the listener, after the
 * answer: so neither the answer nor the time it takes tells.
 */
export class VerificationRequested implements Fact {
  static readonly topic = 'verification-requested';
  readonly topic = VerificationRequested.topic;

  constructor(readonly payload: MailRequestedPayload) {}
}

/** As VerificationRequested. */
export class PasswordResetRequested implements Fact {
  static readonly topic = 'password-reset-requested';
  readonly topic = PasswordResetRequested.topic;

  constructor(readonly payload: MailRequestedPayload) {}
}
