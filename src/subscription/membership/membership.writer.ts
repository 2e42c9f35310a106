import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { MembershipChanged } from '../events/membership-changed.event';
import { MembershipEnded } from '../events/membership-ended.event';
import { MembershipStarted } from '../events/membership-started.event';
import { MembershipRepository, type MembershipRow, type SourceRow } from './membership.repository';
import { type Access, accessOf, hasRunOut, type Move, moveBetween } from './membership.state';

const FACTS = { started: MembershipStarted, changed: MembershipChanged, ended: MembershipEnded } as const;
const COUNTED = { started: 1, changed: undefined, ended: -1 } as const;

/** Writes memberships. Only inside a unit of work that has locked the tier. */
@Injectable()
export class MembershipWriter {
  constructor(
    private readonly memberships: MembershipRepository,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** Ends the sources that have run out and those named by `ends`, then brings the membership in line; gives what holds. */
  async settle(membership: MembershipRow, ends: (source: SourceRow) => boolean = () => false): Promise<SourceRow[]> {
    const now = this.clock.now();
    const sources = await this.memberships.sources(membership.id);
    const over = sources.filter((source) => hasRunOut(source, now) || ends(source));
    await this.memberships.endSources(
      over.map(({ id }) => id),
      now,
    );
    const left = sources.filter((source) => !over.includes(source));
    await this.follow(membership, accessOf(left), now);
    return left;
  }

  /** The membership as what holds it says; the counter and the fact with it. */
  private async follow(membership: MembershipRow, after: Access | undefined, now: Date): Promise<void> {
    const before = membership.endedAt === null ? { until: membership.accessUntil } : undefined;
    const move = moveBetween(before, after);
    if (move === undefined) return;
    await this.memberships.change(membership.id, {
      ...(after && { accessUntil: after.until }),
      ...(move === 'started' && { startedAt: now }),
      endedAt: move === 'ended' ? now : null,
      updatedAt: now,
    });
    await this.tell(move, membership, after?.until ?? null, now);
  }

  /** For a membership that was made or changed: its tier's count, and the fact. */
  private async tell(move: Move, membership: MembershipRow, until: Date | null, now: Date): Promise<void> {
    const difference = COUNTED[move];
    if (difference !== undefined) await this.memberships.count(membership.tierId, difference);
    await this.outbox.publish(
      new FACTS[move]({
        membership_id: membership.id,
        account_id: membership.accountId,
        creator_id: membership.creatorId,
        tier_id: membership.tierId,
        access_until: until?.toISOString() ?? null,
        at: now.toISOString(),
      }),
    );
  }
}
