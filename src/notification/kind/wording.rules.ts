import type { Json, JsonObject } from '../../infra/outbox/fact';
import type { NotificationKind } from './notification-kind.rules';

/** What is said of a notification; whoever reads it may read all of these. */
export interface Said {
  readonly kind: NotificationKind;
  /** Null where nobody did it, or nobody that is to be named. */
  readonly actor: string | null;
  /** The title of its post, null where the reader can't see it (any more). */
  readonly title: string | null;
  /** The name of its tier. */
  readonly tier: string | null;
  /** Of a tier that another has taken the place of: its name. */
  readonly formerTier: string | null;
  readonly data: JsonObject;
}

export interface Words {
  /** What was done, as the old bell showed it between actor and target. */
  readonly verb: string;
  /** One sentence that says all of it. */
  readonly description: string;
}

/** Who stands for nobody: the house itself, or somebody without a name. */
export const HOUSE = 'Guildhall';
export const SOMEBODY = 'Somebody';

const SECURITY: Readonly<Record<string, Words>> = {
  'new-device': {
    verb: 'saw a sign-in from a new device',
    description: 'Your account was signed in to from a new device.',
  },
  'password-changed': {
    verb: 'changed your password',
    description: 'Your password was changed, and your other devices were signed out.',
  },
  'password-reset': {
    verb: 'reset your password',
    description: 'Your password was chosen anew, and all devices were signed out.',
  },
  'refresh-reused': {
    verb: 'ended a session',
    description: 'A used token of yours came back, so we ended its session.',
  },
  'sessions-ended': { verb: 'ended sessions', description: 'Sessions of your account were ended from another one.' },
  'bank-details-created': { verb: 'added bank details', description: 'Bank details were added to your account.' },
  'bank-details-changed': {
    verb: 'changed bank details',
    description: 'The bank details of your account were changed.',
  },
  'bank-details-deleted': {
    verb: 'removed bank details',
    description: 'The bank details of your account were removed.',
  },
};

const ENROLMENT: Readonly<Record<string, (course: string) => Words>> = {
  started: (course) => ({ verb: 'enrolled you in', description: `You are enrolled in ${course}.` }),
  suspended: (course) => ({ verb: 'suspended', description: `Your access to ${course} is suspended.` }),
  ended: (course) => ({ verb: 'ended', description: `Your access to ${course} has ended.` }),
  expiring: (course) => ({ verb: 'will end', description: `Your access to ${course} will end soon.` }),
};

const COMMISSION: Readonly<Record<string, (actor: string, work: string) => Words>> = {
  ordered: (actor, work) => ({ verb: 'ordered', description: `${actor} ordered ${work}.` }),
  admitted: (_, work) => ({ verb: 'has room for', description: `It is your turn: ${work} can be paid now.` }),
  accepted: (actor, work) => ({ verb: 'accepted', description: `${actor} accepted your order of ${work}.` }),
  declined: (actor, work) => ({ verb: 'declined', description: `${actor} declined your order of ${work}.` }),
  delivered: (actor, work) => ({ verb: 'delivered', description: `${actor} delivered ${work}.` }),
  'revision-asked': (actor, work) => ({
    verb: 'asked for a change to',
    description: `${actor} asked for a change to ${work}.`,
  }),
  closed: (_, work) => ({ verb: 'closed', description: `The order of ${work} is done.` }),
  cancelled: (_, work) => ({ verb: 'cancelled', description: `The order of ${work} was cancelled.` }),
  refunded: (_, work) => ({ verb: 'refunded', description: `The money for ${work} goes back.` }),
  expired: (_, work) => ({ verb: 'ended', description: `The order of ${work} was not answered or paid in time.` }),
  expiring: (_, work) => ({
    verb: 'waits for your answer to',
    description: `The order of ${work} waits for your answer: its money is held for about a day more.`,
  }),
};

const SOMETHING: Words = { verb: 'told you something', description: 'There is news for you.' };

/** Breaks lines, or turns around the text that follows. */
const UNRULY = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;

/** Titles and names are other people's, and stand amid our words: none is to look like a paragraph of ours. */
export function inOneLine(sentence: string): string {
  return sentence.replace(UNRULY, ' ');
}

export function wordsOf(said: Said): Words {
  const { verb, description } = sentenceOf(said);
  return { verb, description: inOneLine(description) };
}

function sentenceOf(said: Said): Words {
  const { kind, data } = said;
  const actor = said.actor ?? SOMEBODY;
  switch (kind) {
    case 'follow':
      return { verb: 'started following you', description: `${actor} started following you.` };
    case 'like':
      return { verb: 'liked', description: `${actor} liked ${postOf(said)}.` };
    case 'comment':
      return { verb: 'commented on', description: `${actor} commented on ${postOf(said)}.` };
    case 'reply':
      return { verb: 'replied on', description: `${actor} replied to your comment on ${postOf(said)}.` };
    case 'post':
      return { verb: 'published', description: `${actor} published ${postOf(said)}.` };
    case 'tip':
      return { verb: 'tipped you', description: `${actor} tipped you ${moneyOf(data)}.` };
    case 'member':
      return { verb: 'joined', description: `${actor} joined ${nameOf(said.tier)}.` };
    case 'payment-failed':
      return { verb: 'could not take a payment', description: `A payment of ${moneyOf(data)} did not go through.` };
    case 'grace':
      return {
        verb: 'could not renew',
        description: `Your membership of ${nameOf(said.tier)} was not renewed. ${untilOf(data)}`,
      };
    case 'membership-changed':
      return {
        verb: 'moved you to',
        description: `Your membership of ${nameOf(said.formerTier)} is one of ${nameOf(said.tier)} now.`,
      };
    case 'membership-ended':
      return { verb: 'ended', description: `Your membership of ${nameOf(said.tier)} has ended.` };
    case 'commission':
      return commissionWords(actor, data);
    case 'enrolment':
      return ENROLMENT[textOf(data.event)]?.(textOf(data.course) || 'a course') ?? SOMETHING;
    case 'security':
      return SECURITY[textOf(data.event)] ?? SOMETHING;
  }
}

function commissionWords(actor: string, data: JsonObject): Words {
  const title = textOf(data.title);
  return COMMISSION[textOf(data.event)]?.(actor, title === '' ? 'a commission' : `“${title}”`) ?? SOMETHING;
}

function postOf({ title }: Said): string {
  return title === null || title === '' ? 'a post' : `“${title}”`;
}

function nameOf(tier: string | null): string {
  return tier === null ? 'a tier' : `“${tier}”`;
}

/** `INR 348.00`: both currencies that are taken have hundredths. */
function moneyOf({ amount, currency }: JsonObject): string {
  return typeof amount === 'number' ? `${textOf(currency)} ${(amount / 100).toFixed(2)}` : 'some money';
}

/** With the hour: where its reader lives the day may be another. */
function untilOf({ access_until }: JsonObject): string {
  const until = textOf(access_until);
  if (until === '') return 'Pay to have access again.';
  return `You keep access until ${until.slice(0, 16).replace('T', ' ')} UTC: pay by then.`;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
