import type { Fact } from '../../infra/outbox/fact';

export type ProfileChangedPayload = { account_id: number };

/** Something that others see of an account may be different now. Whoever keeps a copy reads it again. */
export class ProfileChanged implements Fact {
  static readonly topic = 'profile-changed';
  readonly topic = ProfileChanged.topic;

  constructor(readonly payload: ProfileChangedPayload) {}
}
