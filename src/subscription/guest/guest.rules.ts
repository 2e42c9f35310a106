import { sha256Hex } from '../../infra/crypto/digest';

/** The words of the old client, and tips. */
export const GUEST_KINDS = ['recurring', 'oneTime', 'commission', 'tip'] as const;
export type GuestKind = (typeof GUEST_KINDS)[number];

const DAY_MS = 86_400_000;
export const LINK_LIFE_MS = 14 * DAY_MS;

interface Known {
  readonly paidAt: Date | null;
  readonly claimedBy: number | null;
  readonly returnedAt: Date | null;
}

/** Whether it is paid, and its owner may come for it. */
export function isWaiting({ paidAt, claimedBy, returnedAt }: Known): boolean {
  return paidAt !== null && claimedBy === null && returnedAt === null;
}

const MARK_LENGTH = 32;

/** Of a checkout that may be paid: asked for again it is the same one. `what`: the goods at their price. */
export function openSlot(emailKey: string, kind: GuestKind, what: string): string {
  return `open:${markOf(emailKey)}:${kind}:${what}`;
}

/** Of what is paid in a tier and waits: a mailbox has one. */
export function waitingSlot(emailKey: string, tierId: number): string {
  return `paid:${markOf(emailKey)}:${tierId}`;
}

function markOf(emailKey: string): string {
  return sha256Hex(emailKey).slice(0, MARK_LENGTH);
}
