import type { Fact } from '../../infra/outbox/fact';

export type PostPublishedPayload = { post_id: number; creator_id: number };

/** A post is out, for those it is meant for. Told once for each post. */
export class PostPublished implements Fact {
  static readonly topic = 'post-published';
  readonly topic = PostPublished.topic;

  constructor(readonly payload: PostPublishedPayload) {}
}
