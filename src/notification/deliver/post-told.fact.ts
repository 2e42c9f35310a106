import type { Fact } from '../../infra/outbox/fact';

export type PostToldPayload = {
  post_id: number;
  creator_id: number;
  /** Of whom some have been told: then it is on to the next. */
  audience: 'followers' | 'members';
  /** The last account of them; 0 before the first. */
  after: number;
};

/** A part of a post's audience has been told of it, and the rest has not. */
export class PostTold implements Fact {
  static readonly topic = 'notification-post-told';
  readonly topic = PostTold.topic;

  constructor(readonly payload: PostToldPayload) {}
}
