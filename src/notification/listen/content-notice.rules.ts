import type { CommentedPayload } from '../../content/events/commented.event';
import type { FollowedPayload } from '../../content/events/followed.event';
import type { LikedPayload } from '../../content/events/liked.event';
import type { PostPublishedPayload } from '../../content/events/post-published.event';
import type { Notice } from '../deliver/notice';

/** Once for two people, however often one follows the other anew. */
export function followNotice({ follower_id }: FollowedPayload): Notice {
  const target = { type: 'account', id: follower_id } as const;
  return { kind: 'follow', factKey: `follow:${follower_id}`, actorId: follower_id, target };
}

export function likeNotice({ like_id, post_id, account_id }: LikedPayload): Notice {
  const target = { type: 'post', id: post_id } as const;
  return { kind: 'like', factKey: `like:${like_id}`, actorId: account_id, target };
}

/** For whoever wrote the post, or as a reply for whoever wrote the comment that it answers. */
export function commentNotice(kind: 'comment' | 'reply', { comment_id, post_id, author_id }: CommentedPayload): Notice {
  return {
    kind,
    factKey: `comment:${comment_id}`,
    actorId: author_id,
    target: { type: 'post', id: post_id },
    object: { type: 'comment', id: comment_id },
  };
}

export function postNotice({ post_id, creator_id }: PostPublishedPayload): Notice {
  return { kind: 'post', factKey: `post:${post_id}`, actorId: creator_id, target: { type: 'post', id: post_id } };
}
