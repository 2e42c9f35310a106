/**
 * What a membership opens, as SQL predicates for other modules' statements, so that the rule has one home. Arguments are
 * SQL expressions: a placeholder or a column. An account of 0 is a stranger.
 */

/** Whether a row of `membership` holds at `now`. */
export const live = (alias: string, now: string): string =>
  `${alias}.ended_at is null and (${alias}.access_until is null or ${alias}.access_until > ${now})`;

/** Whether `account` has access to `tier` at `now`. */
export function entitledTo(account: string, tier: string, now: string): string {
  return `exists (select 1 from membership em
    where em.account_id = ${account} and em.tier_id = ${tier} and ${live('em', now)})`;
}

/** Whether `account` is a member of any tier of `creator`. */
export function memberOf(account: string, creator: string, now: string): string {
  return `exists (select 1 from membership mm
    where mm.account_id = ${account} and mm.creator_id = ${creator} and ${live('mm', now)})`;
}

/** Whether `account` is a member of a paid tier of `creator`. */
export function paidMemberOf(account: string, creator: string, now: string): string {
  return `exists (select 1 from membership pm join tier pmt on pmt.id = pm.tier_id
    where pm.account_id = ${account} and pm.creator_id = ${creator} and not pmt.is_public and ${live('pm', now)})`;
}

/** The creators of whom `account` is a member, as a select of one column `creator_id`. */
export function creatorsOfMember(account: string, now: string): string {
  return `select cm.creator_id from membership cm where cm.account_id = ${account} and ${live('cm', now)}`;
}
