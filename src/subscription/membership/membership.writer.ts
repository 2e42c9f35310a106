import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { OutboxService } from '../../infra/outbox/outbox.service';
import type { MembershipPayload } from '../events/membership.event';
import { MembershipChanged } from '../events/membership-changed.event';
import { MembershipEnded } from '../events/membership-ended.event';
import { MembershipStarted } from '../events/membership-started.event';
import { MembershipRepository, type MembershipRow, type SourceRow } from './membership.repository';
import { type Access, accessOf, hasRunOut, type Move, moveBetween } from './membership.state';

const FACTS = { started: MembershipStarted, changed: MembershipChanged, ended: MembershipEnded } as const;
const COUNTED = { started: 1, changed: undefined, ended: -1 } as const;

/** What ends besides that which has run out. */
export interface Ending {
  readonly ends: (source: SourceRow) => boolean;
  /** Where another tier takes the place of this one: which. */
  readonly nextTierId?: number;
}

const NOTHING: Ending = { ends: () => false };

/** Writes memberships. Only inside a unit of work that has locked the tier. */
@Injectable()
export class MembershipWriter {
  constructor(
    private readonly memberships: MembershipRepository,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** Ends the sources that have run out and those of `ending`, then brings the membership in line; gives what holds. */
  async settle(membership: MembershipRow, { ends, nextTierId }: Ending = NOTHING): Promise<SourceRow[]> {
    const now = this.clock.now();
    const sources = await this.memberships.sources(membership.id);
    const over = sources.filter((source) => hasRunOut(source, now) || ends(source));
    await this.memberships.endSources(
      over.map(({ id }) => id),
      now,
    );
    const left = sources.filter((source) => !over.includes(source));
    await this.follow(membership, accessOf(left), now, nextTierId);
    return left;
  }

  /** The membership as what holds it says; the counter and the fact with it. */
  private async follow(
    membership: MembershipRow,
    after: Access | undefined,
    now: Date,
    nextTierId: number | undefined,
  ): Promise<void> {
    const before = membership.endedAt === null ? { until: membership.accessUntil } : undefined;
    const move = moveBetween(before, after);
    if (move === undefined) return;
    await this.memberships.change(membership.id, {
      ...(after && { accessUntil: after.until }),
      ...(move === 'started' && { startedAt: now }),
      endedAt: move === 'ended' ? now : null,
      updatedAt: now,
    });
    await this.count(move, membership);
    const next = move === 'ended' && nextTierId !== undefined ? { next_tier_id: nextTierId } : {};
    await this.outbox.publish(new FACTS[move]({ ...factOf(membership, after?.until ?? null, now), ...next }));
  }

  private async count(move: Move, { tierId }: MembershipRow): Promise<void> {
    const difference = COUNTED[move];
    if (difference !== undefined) await this.memberships.count(tierId, difference);
  }
}

function factOf({ id, accountId, creatorId, tierId }: MembershipRow, until: Date | null, now: Date): MembershipPayload {
  return {
    membership_id: id,
    account_id: accountId,
    creator_id: creatorId,
    tier_id: tierId,
    access_until: until?.toISOString() ?? null,
    at: now.toISOString(),
  };
}
