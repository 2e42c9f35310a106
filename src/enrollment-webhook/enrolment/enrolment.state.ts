import { moveForbidden } from '../enrollment-webhook.errors';

export const ENROLMENT_STATUSES = ['active', 'suspended', 'ended'] as const;
export type EnrolmentStatus = (typeof ENROLMENT_STATUSES)[number];

/** What can hold an enrolment. */
export type SourceKind = 'webhook' | 'admin' | 'membership';
/** What can change one. */
export type ChangeKind = SourceKind | 'expiry' | 'account-closed';

/** One holder. */
export interface Source {
  readonly kind: SourceKind;
  /** Which of its kind: `lernito`, the id of a membership; `-` where there is but one. */
  readonly reference: string;
}

/** One that holds, and since when. */
export interface HeldSource extends Source {
  readonly since: Date;
}

/** Administrators hold as one. */
export const BY_ADMIN: Source = { kind: 'admin', reference: '-' };

export interface EnrolmentState {
  readonly status: EnrolmentStatus;
  readonly mode: string;
  readonly expiresAt: Date | null;
  /** In the order of their names. */
  readonly sources: readonly Source[];
}

/** A state as history and facts keep it. */
export type EnrolmentSnapshot = {
  status: EnrolmentStatus;
  mode: string;
  /** ISO 8601 */
  expires_at: string | null;
  /** `webhook:lernito`, `membership:17` */
  sources: string[];
};

/** What courses are entered in unless somebody says otherwise: the default slug of Open edX. */
export const DEFAULT_MODE = 'audit';

/** An administrator's moves. A suspended one has to be restored before anything may start it again. */
const MOVES: Readonly<Record<EnrolmentStatus, readonly EnrolmentStatus[]>> = {
  active: ['suspended', 'ended'],
  suspended: ['active', 'ended'],
  ended: ['active'],
};

export interface AdminChange {
  readonly status?: EnrolmentStatus;
  readonly mode?: string;
  readonly expiresAt?: Date | null;
}

/** What an enrolment counts as at `now`: its date ends it, whether or not the expiry job has come by. */
export function statusAt(status: EnrolmentStatus, expiresAt: Date | null, now: Date): EnrolmentStatus {
  return status === 'active' && hasPassed(expiresAt, now) ? 'ended' : status;
}

/** The state after an administrator's change; throws where the move is none of the table's. */
export function changed(before: EnrolmentState, change: AdminChange, admin: Source, now: Date): EnrolmentState {
  const wanted = change.status ?? before.status;
  if (wanted !== before.status && !MOVES[before.status].includes(wanted)) {
    throw moveForbidden(before.status, wanted);
  }
  const restored = wanted === 'active' && before.status !== 'active';
  const kept = restored ? futureOnly(before.expiresAt, now) : before.expiresAt;
  const expiresAt = change.expiresAt === undefined ? kept : change.expiresAt;
  const status = statusAt(wanted, expiresAt, now);
  return {
    status,
    mode: change.mode ?? before.mode,
    expiresAt,
    sources: sourcesAfter(before, status, restored, admin),
  };
}

/** A source takes hold: an ended enrolment goes on in its old mode, a suspended one stays so. */
export function heldBy(before: EnrolmentState, source: Source, now: Date): EnrolmentState {
  const reactivated = statusAt(before.status, before.expiresAt, now) === 'ended';
  return {
    status: reactivated ? 'active' : before.status,
    mode: before.mode,
    expiresAt: reactivated ? futureOnly(before.expiresAt, now) : before.expiresAt,
    sources: includes(before.sources, source) ? before.sources : inOrder([...before.sources, source]),
  };
}

/** A source lets go: the last one ends the enrolment, except a suspended one, which would otherwise be forgiven. */
export function releasedBy(before: EnrolmentState, source: Source): EnrolmentState {
  const sources = without(before.sources, [source]);
  const ended = before.status === 'active' && sources.length === 0;
  return { ...before, status: ended ? 'ended' : before.status, sources };
}

/** Its date has come: what took hold after the date had been set was not meant by it, and goes on without one. */
export function expired(
  before: EnrolmentState & { readonly sources: readonly HeldSource[] },
  datedAt: Date | undefined,
): EnrolmentState {
  const later = ({ kind, since }: HeldSource): boolean =>
    kind === 'membership' && datedAt !== undefined && since.getTime() > datedAt.getTime();
  const sources = before.sources.filter(later);
  return sources.length === 0 ? endedAltogether(before) : { ...before, expiresAt: null, sources };
}

/** Nothing holds it any more, whatever did. */
export function endedAltogether(before: EnrolmentState): EnrolmentState {
  return { ...before, status: 'ended', sources: [] };
}

export function inOrder<S extends Source>(sources: readonly S[]): S[] {
  return [...sources].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

export function without(sources: readonly Source[], others: readonly Source[]): Source[] {
  return sources.filter((source) => !includes(others, source));
}

export function begun(mode: string, source: Source, expiresAt: Date | null = null): EnrolmentState {
  return { status: 'active', mode, expiresAt, sources: [source] };
}

export function snapshot(state: EnrolmentState): EnrolmentSnapshot {
  const { status, mode, expiresAt, sources } = state;
  return { status, mode, expires_at: expiresAt?.toISOString() ?? null, sources: sources.map(nameOf) };
}

/** True where course access, its date or its mode differ: what the rest of the house is told of. */
export function concernsAccess(before: EnrolmentState, after: EnrolmentState): boolean {
  return (
    before.status !== after.status ||
    before.mode !== after.mode ||
    before.expiresAt?.getTime() !== after.expiresAt?.getTime()
  );
}

export function differs(before: EnrolmentState, after: EnrolmentState): boolean {
  return concernsAccess(before, after) || before.sources.map(nameOf).join() !== after.sources.map(nameOf).join();
}

/** An enrolment is active as long as something holds it: ended lets go of all, restored is held by the admin at least. */
function sourcesAfter(
  before: EnrolmentState,
  status: EnrolmentStatus,
  restored: boolean,
  admin: Source,
): readonly Source[] {
  if (status === 'ended') return [];
  return restored && before.sources.length === 0 ? [admin] : before.sources;
}

function includes(sources: readonly Source[], source: Source): boolean {
  return sources.some((other) => nameOf(other) === nameOf(source));
}

function nameOf({ kind, reference }: Source): string {
  return `${kind}:${reference}`;
}

function futureOnly(expiresAt: Date | null, now: Date): Date | null {
  return hasPassed(expiresAt, now) ? null : expiresAt;
}

function hasPassed(expiresAt: Date | null, now: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() <= now.getTime();
}
