export interface CommentParties {
  readonly author_id: number;
  /** Whose post it is. */
  readonly creator_id: number;
}

export interface CommentActor {
  readonly accountId: number;
  readonly roles: readonly string[];
}

/** Administrators and support moderate everywhere. */
export function isModerator({ roles }: CommentActor): boolean {
  return roles.includes('admin') || roles.includes('support');
}

/** What is hidden stays as whoever hid it saw it. */
export function mayEdit(actor: CommentActor, comment: CommentParties & { readonly state: string }): boolean {
  return comment.author_id === actor.accountId && comment.state === 'visible';
}

export function mayDelete(actor: CommentActor, comment: CommentParties): boolean {
  return [comment.author_id, comment.creator_id].includes(actor.accountId) || actor.roles.includes('admin');
}

export function mayHide(actor: CommentActor, comment: CommentParties): boolean {
  return comment.creator_id === actor.accountId || isModerator(actor);
}

/** What a moderator has hidden, a creator doesn't bring back on the own page. */
export function mayUnhide(actor: CommentActor, comment: CommentParties, hiddenBy: number | undefined): boolean {
  return isModerator(actor) || (comment.creator_id === actor.accountId && hiddenBy === actor.accountId);
}
