import type { JsonObject } from '../../infra/outbox/fact';
import type { ReferenceType } from '../deliver/notice';
import { asKind, kindOf, type NotificationKind } from '../kind/notification-kind.rules';
import { HOUSE, SOMEBODY, type Words, wordsOf } from '../kind/wording.rules';
import type { BellItem } from './dto/bell.response';
import { slugOf } from './slug.rules';

/** A notification with what its reader may see of the things it names; booleans are 0 or 1 on MySQL. */
export interface BellRow {
  readonly id: number;
  readonly accountId: number;
  readonly kind: string;
  readonly unread: boolean | number;
  readonly emailed: boolean | number;
  readonly createdAt: Date;
  readonly actorId: number | null;
  /** Null where the account is closed. */
  readonly actor: string | null;
  readonly targetType: string | null;
  readonly targetId: number | null;
  readonly objectType: string | null;
  readonly objectId: number | null;
  readonly data: string;
  /** Null where the target is no post, or none that the reader may know of. */
  readonly title: string | null;
  readonly tier: string | null;
  /** The name of a tier that is the object. */
  readonly formerTier: string | null;
  /** Null where there is none, or none that is seen. */
  readonly commentId: number | null;
}

/** In place of Django's content types, whose numbers tell of its tables. */
const CONTENT_TYPE: Readonly<Record<ReferenceType, number>> = {
  account: 1,
  post: 2,
  comment: 3,
  tier: 4,
  tip: 5,
  course: 6,
  payment: 7,
  commission: 8,
};

/** What nobody does: the house tells of it. */
const HOUSE_KINDS: readonly NotificationKind[] = [
  'payment-failed',
  'grace',
  'membership-changed',
  'membership-ended',
  'enrolment',
  'security',
];

interface Shown {
  readonly type: number | null;
  readonly id: string | null;
  readonly name?: string;
}

const NOTHING: Shown = { type: null, id: null };

export function bellItem(row: BellRow): BellItem {
  const kind = asKind(row.kind);
  const { verb, description } = wordsOfRow(row);
  const actor = actorOf(row, kind);
  const target = targetOf(row);
  const object = objectOf(row);
  return {
    id: row.id,
    slug: slugOf(row.id),
    sulg: slugOf(row.id),
    level: kind === undefined ? 'info' : kindOf(kind).level,
    recipient: row.accountId,
    unread: Boolean(row.unread),
    actor_content_type: actor.type,
    actor_object_id: actor.id,
    actor: actor.name ?? HOUSE,
    verb,
    description,
    target_content_type: target.type,
    target_object_id: target.id,
    ...(target.name !== undefined && { target: target.name }),
    action_object_content_type: object.type,
    action_object_object_id: object.id,
    ...(object.name !== undefined && { action_object: object.name }),
    timestamp: row.createdAt.toISOString(),
    public: true,
    deleted: false,
    emailed: Boolean(row.emailed),
    data: { kind: row.kind, ...dataOf(row) },
  };
}

export function wordsOfRow(row: BellRow): Words {
  const kind = asKind(row.kind);
  // Of a kind that a newer release has told, and this one doesn't know.
  if (kind === undefined) return { verb: 'told you something', description: 'There is news for you.' };
  const { actor, title, tier, formerTier } = row;
  return wordsOf({ kind, actor, title, tier, formerTier, data: dataOf(row) });
}

function actorOf(row: BellRow, kind: NotificationKind | undefined): Shown {
  const { actor, actorId } = row;
  if (actor !== null && actorId !== null) return { type: CONTENT_TYPE.account, id: String(actorId), name: actor };
  const isHouse = kind === undefined || HOUSE_KINDS.includes(kind) || dataOf(row).by === 'house';
  return { ...NOTHING, name: isHouse ? HOUSE : SOMEBODY };
}

function targetOf(row: BellRow): Shown {
  const { targetType, targetId, title, tier } = row;
  if (!isReference(targetType) || targetId === null) return NOTHING;
  if (targetType === 'post' && title === null) return NOTHING;
  const { course, title: work } = dataOf(row);
  const name = [title, tier, course, work].find((text) => typeof text === 'string' && text !== '') as
    string | undefined;
  return { type: CONTENT_TYPE[targetType], id: String(targetId), name: name ?? `${targetType} ${targetId}` };
}

function objectOf({ objectType, objectId, commentId, formerTier, targetType, title }: BellRow): Shown {
  if (!isReference(objectType) || objectId === null) return NOTHING;
  if (objectType === 'comment' && commentId === null) return NOTHING;
  if (targetType === 'post' && title === null) return NOTHING;
  return { type: CONTENT_TYPE[objectType], id: String(objectId), name: formerTier ?? `${objectType} ${objectId}` };
}

function isReference(type: string | null): type is ReferenceType {
  return type !== null && Object.hasOwn(CONTENT_TYPE, type);
}

function dataOf({ data }: BellRow): JsonObject {
  return JSON.parse(data) as JsonObject;
}
