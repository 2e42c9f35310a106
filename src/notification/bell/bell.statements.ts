import { isVisible, VIEWER } from '../../content/access/post-access.service';

// $1 to $3 are the access policy's: VIEWER, NOW and IS_ADMIN.

/** The columns of a BellRow. */
export const BELL_COLUMNS = `n.id, n.account_id as "accountId", n.kind, n.unread, n.emailed, n.created_at as "createdAt",
  n.actor_id as "actorId", act.username as actor, n.target_type as "targetType", n.target_id as "targetId",
  n.object_type as "objectType", n.object_id as "objectId", n.data, p.title, t.name as tier,
  ft.name as "formerTier", c.id as "commentId"`;

/** What its reader may see of the things that a notification `n` names, as it is now: by the access policy. */
export function bellJoins(viewer = VIEWER): string {
  return `left join account act on act.id = n.actor_id
  left join post p on n.target_type = 'post' and p.id = n.target_id and ${isVisible('p', viewer)}
  left join tier t on n.target_type = 'tier' and t.id = n.target_id
  left join tier ft on n.object_type = 'tier' and ft.id = n.object_id
  left join post_comment c on n.object_type = 'comment' and c.id = n.object_id and c.state = 'visible'`;
}
