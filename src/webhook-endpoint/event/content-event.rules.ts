import type { CommentedPayload } from '../../content/events/commented.event';
import type { FollowedPayload } from '../../content/events/followed.event';
import type { LikedPayload } from '../../content/events/liked.event';
import type { PostPublishedPayload } from '../../content/events/post-published.event';
import type { OutgoingEvent } from './outgoing-event';

export function postEvent({ post_id, creator_id }: PostPublishedPayload): OutgoingEvent {
  return { type: 'post.published', ownerId: creator_id, data: { post_id } };
}

/** Its words are read in the API, for as long as they stand there. */
export function commentEvent(fact: CommentedPayload): OutgoingEvent {
  const { comment_id, post_id, parent_id, creator_id, author_id } = fact;
  const person = { as: 'author', id: author_id };
  return { type: 'comment.created', ownerId: creator_id, data: { comment_id, post_id, parent_id }, person };
}

export function likeEvent({ like_id, post_id, creator_id, account_id }: LikedPayload): OutgoingEvent {
  const person = { as: 'account', id: account_id };
  return { type: 'like.created', ownerId: creator_id, data: { like_id, post_id }, person };
}

export function followEvent({ follower_id, creator_id }: FollowedPayload): OutgoingEvent {
  return { type: 'follower.created', ownerId: creator_id, data: {}, person: { as: 'follower', id: follower_id } };
}
