import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { invalid } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { noSuch } from '../subscription.errors';
import type { SourceKind } from './membership-source.entity';
import { type LockedTier, MembershipRepository, type MembershipRow, type SourcePlace } from './membership.repository';
import { type Ending, MembershipWriter } from './membership.writer';

/** What holds a membership: a kind and, within it, a name. */
export interface SourceName {
  readonly kind: SourceKind;
  /** Up to 64 characters. */
  readonly reference: string;
}

export interface Grant extends SourceName {
  readonly accountId: number;
  readonly tierId: number;
  /** Null = open. */
  readonly endsAt: Date | null;
  readonly reason?: string;
  /** An account. */
  readonly grantedBy?: number;
}

export interface Granted {
  readonly membershipId: number;
  readonly sourceId: number;
  /** False where this held the membership already, and may have got another end. */
  readonly isNew: boolean;
}

const BATCH = 100;
const ALL: Ending = { ends: () => true };

/**
 * Who is a member of which tier. A membership is one, by however many sources it is held; it lasts as long as the last
 * of them, and facts tell of it. All of this joins a running unit of work.
 */
@Injectable()
export class MembershipService {
  constructor(
    private readonly memberships: MembershipRepository,
    private readonly writer: MembershipWriter,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Granted again by the same source, only the end changes. Archived tiers go on. 400 where account or tier is gone. */
  grant(grant: Grant): Promise<Granted> {
    return this.unitOfWork.run(async () => {
      const { accountId, tierId } = grant;
      if (!(await this.memberships.holdAccount(accountId))) throw invalid({ account: [noSuch(accountId)] });
      const tier = await this.memberships.lockTier(tierId);
      if (tier === undefined) throw invalid({ tier: [noSuch(tierId)] });
      return this.hold(await this.membership(accountId, tier), grant);
    });
  }

  /** Whatever this source holds, in every tier; repeatable. `nextTierId` takes its place. */
  async release({ kind, reference }: SourceName, nextTierId?: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      for (const place of await this.memberships.placesOf(kind, reference)) await this.end(place, nextTierId);
    });
  }

  /** One source by its id; repeatable. */
  async releaseSource(sourceId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const place = await this.memberships.placeOf(sourceId);
      if (place !== undefined) await this.end(place);
    });
  }

  /** For an account that is gone: its memberships end, the rows stay. Repeatable. */
  async endAllOf(accountId: number): Promise<void> {
    for (;;) {
      const open = await this.memberships.openOfAccount(accountId, BATCH);
      for (const { id, tierId } of open) {
        await this.unitOfWork.run(async () => {
          await this.memberships.lockTier(tierId);
          await this.settled(id, ALL);
        });
      }
      if (open.length < BATCH) return;
    }
  }

  /** For a creator who is gone: whatever holds them, the memberships in the creator's tiers end. Repeatable. */
  async endAllIn(creatorId: number): Promise<void> {
    for (;;) {
      const open = await this.memberships.openOfCreator(creatorId, BATCH);
      for (const [tierId, ids] of byTier(open)) {
        await this.unitOfWork.run(async () => {
          await this.memberships.lockTier(tierId);
          for (const id of ids) await this.settled(id, ALL);
        });
      }
      if (open.length < BATCH) return;
    }
  }

  /** Ends what has run out, up to a batch; true where there may be more to do. */
  async endDue(): Promise<boolean> {
    const due = await this.memberships.due(this.clock.now(), BATCH);
    let progress = false;
    for (const [tierId, ids] of byTier(due)) {
      const done = await this.unitOfWork.run(() => this.endDueOf(tierId, ids));
      progress ||= done;
    }
    return progress && due.length === BATCH;
  }

  /** False where another instance has the tier in hand, and with it what is due. */
  private async endDueOf(tierId: number, membershipIds: Iterable<number>): Promise<boolean> {
    if ((await this.memberships.claimTier(tierId)) === undefined) return false;
    for (const id of membershipIds) await this.settled(id);
    return true;
  }

  private async end({ id, membershipId, tierId }: SourcePlace, nextTierId?: number): Promise<void> {
    await this.memberships.lockTier(tierId);
    await this.settled(membershipId, { ends: (source) => source.id === id, nextTierId });
  }

  /** Read anew, now that the tier is locked. */
  private async settled(id: number, ending?: Ending): Promise<void> {
    const membership = await this.memberships.byId(id);
    if (membership !== undefined) await this.writer.settle(membership, ending);
  }

  /** The account's one in the tier; a new one has ended until something holds it. */
  private async membership(accountId: number, { id: tierId, creatorId }: LockedTier): Promise<MembershipRow> {
    const known = await this.memberships.ofAccountIn(accountId, tierId);
    if (known !== undefined) return known;
    const now = this.clock.now();
    const ended = { accountId, tierId, creatorId, accessUntil: null, startedAt: now, endedAt: now };
    return { ...ended, id: await this.memberships.add({ ...ended, createdAt: now, updatedAt: now }) };
  }

  private async hold(membership: MembershipRow, grant: Grant): Promise<Granted> {
    const { kind, reference, endsAt, reason = null, grantedBy = null } = grant;
    const live = await this.writer.settle(membership);
    const same = live.find((source) => source.kind === kind && source.reference === reference);
    if (same !== undefined) await this.memberships.extendSource(same.id, endsAt);
    const added = { membershipId: membership.id, kind, reference, endsAt, reason, grantedBy };
    const sourceId = same?.id ?? (await this.memberships.addSource({ ...added, createdAt: this.clock.now() }));
    await this.settled(membership.id);
    return { membershipId: membership.id, sourceId, isNew: same === undefined };
  }
}

function byTier(places: readonly Omit<SourcePlace, 'id'>[]): Map<number, Set<number>> {
  const tiers = new Map<number, Set<number>>();
  for (const { tierId, membershipId } of places) {
    tiers.set(tierId, (tiers.get(tierId) ?? new Set()).add(membershipId));
  }
  return tiers;
}
