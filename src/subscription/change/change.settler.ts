import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MandateService } from '../../payment/mandate/mandate.service';
import { MembershipRepository } from '../membership/membership.repository';
import { isOver, overAt } from '../purchase/purchase.rules';
import { PurchaseSettler } from '../purchase/purchase.settler';
import { SubscriptionRepository, type SubscriptionRow } from '../purchase/subscription.repository';
import { type ChangeFacts, changeAfter } from './change.state';
import { type ChangeRow, SubscriptionChangeRepository } from './subscription-change.repository';

interface Two {
  readonly change: ChangeRow;
  readonly old: SubscriptionRow;
  readonly successor: SubscriptionRow | undefined;
}

/** Brings changes in line with how their purchases stand, whoever asks for it and however often. */
@Injectable()
export class ChangeSettler {
  constructor(
    private readonly changes: SubscriptionChangeRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly memberships: MembershipRepository,
    private readonly purchases: PurchaseSettler,
    private readonly mandates: MandateService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Of the purchase that changes, or of the one that takes its place. Outside of any unit of work. */
  async settle(subscriptionId: number): Promise<void> {
    await this.purchases.settle(subscriptionId);
    const toTell = await this.unitOfWork.run(() => this.judge(subscriptionId));
    for (const mandateId of toTell) await this.mandates.carryOut(mandateId);
  }

  /** In a unit of work: the purchase as it stands now, held with its tier and another one. 404 where it is not there. */
  async hold(subscriptionId: number, tierId: number): Promise<SubscriptionRow> {
    const known = await this.subscriptions.byId(subscriptionId);
    if (known === undefined) throw notFound();
    await this.holdTiers([known.tierId, tierId]);
    const row = await this.subscriptions.lock(subscriptionId);
    if (row === undefined) throw notFound();
    return this.purchases.bring(row);
  }

  /** Gives the mandates of which the gateway is to hear something. */
  private async judge(subscriptionId: number): Promise<number[]> {
    const two = await this.held(subscriptionId);
    if (two === undefined) return [];
    const { change, old, successor } = two;
    if (change.state === 'open') return this.judgeOpen(two);
    const isLeft = change.state === 'done' && old.endedAt === null && successor !== undefined;
    if (!isLeft || change.applies !== 'cycle_end') return [];
    // The new one is charged, or never will be: what bridged the time until then is over.
    if (successor.paidUntil !== null) await this.end(old);
    else if (isOver(successor)) await this.purchases.bring(old);
    return [];
  }

  private async judgeOpen({ change, old, successor }: Two): Promise<number[]> {
    const state = changeAfter(change, await this.factsOf({ change, old, successor }));
    if (state === 'open') return [];
    await this.changes.change(change.id, { state, openSlot: null, updatedAt: this.clock.now() });
    if (change.how === 'update') return [];
    if (state === 'done') return this.supersede(old, change);
    if (successor === undefined || isOver(successor)) return [];
    return mandatesOf(await this.purchases.retire(successor));
  }

  /** The old one is cancelled only now that the new one is there. */
  private async supersede(old: SubscriptionRow, { applies }: ChangeRow): Promise<number[]> {
    if (isOver(old)) return [];
    const { mandateId } = old;
    if (mandateId !== null) await this.mandates.wantCancel(mandateId, { atCycleEnd: applies === 'cycle_end' });
    if (applies === 'now') await this.end(old);
    else await this.purchases.bring({ ...old, endsAtCycle: mandateId !== null });
    return mandatesOf(old);
  }

  private async end(old: SubscriptionRow): Promise<void> {
    await this.purchases.bring(overAt(old, this.clock.now()));
  }

  private async held(subscriptionId: number): Promise<Two | undefined> {
    const find = async (): Promise<ChangeRow | undefined> =>
      (await this.changes.openOf(subscriptionId)) ?? (await this.changes.bySuccessor(subscriptionId));
    const known = await find();
    const old = known && (await this.subscriptions.byId(known.subscriptionId));
    if (known === undefined || old === undefined) return undefined;
    await this.holdTiers([old.tierId, known.tierId]);
    const change = await find();
    if (change === undefined || change.id !== known.id) return undefined;
    const held = await this.subscriptions.lock(change.subscriptionId);
    const successor = change.successorId === null ? undefined : await this.subscriptions.lock(change.successorId);
    return held && { change, old: held, successor };
  }

  /** In order of their ids, so that nobody waits for another in a circle. */
  private async holdTiers(ids: readonly number[]): Promise<void> {
    for (const id of [...new Set(ids)].sort((one, other) => one - other)) await this.memberships.lockTier(id);
  }

  private async factsOf({ old, successor }: Two): Promise<ChangeFacts> {
    const mandate = old.mandateId === null ? undefined : await this.mandates.get(old.mandateId);
    return {
      old: { tierId: old.tierId, isOver: isOver(old), endsAtCycle: old.endsAtCycle },
      mandate: mandate && { ...mandate, isToTell: mandate.wanted === 'plan_now' || mandate.wanted === 'plan_at_end' },
      successor: successor && {
        status: successor.status,
        isOver: isOver(successor),
        isPaid: successor.paidUntil !== null,
      },
    };
  }
}

function mandatesOf({ mandateId }: SubscriptionRow): number[] {
  return mandateId === null ? [] : [mandateId];
}
