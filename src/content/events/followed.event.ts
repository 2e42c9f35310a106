import type { Fact } from '../../infra/outbox/fact';

export type FollowedPayload = { follower_id: number; creator_id: number };

/** Somebody follows a creator whom they didn't follow until now. */
export class Followed implements Fact {
  static readonly topic = 'followed';
  readonly topic = Followed.topic;

  constructor(readonly payload: FollowedPayload) {}
}
