import type { Fact } from '../../infra/outbox/fact';

export type CommentedPayload = {
  comment_id: number;
  post_id: number;
  creator_id: number;
  author_id: number;
  /** The comment it answers. */
  parent_id: number | null;
};

/** Somebody wrote a comment. */
export class Commented implements Fact {
  static readonly topic = 'commented';
  readonly topic = Commented.topic;

  constructor(readonly payload: CommentedPayload) {}
}
