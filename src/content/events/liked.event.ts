import type { Fact } from '../../infra/outbox/fact';

export type LikedPayload = { like_id: number; post_id: number; creator_id: number; account_id: number };

/** Somebody likes a post for the first time. */
export class Liked implements Fact {
  static readonly topic = 'liked';
  readonly topic = Liked.topic;

  constructor(readonly payload: LikedPayload) {}
}
