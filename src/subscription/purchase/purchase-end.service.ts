import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { MandateService } from '../../payment/mandate/mandate.service';
import { notPossible } from './purchase.errors';
import { overAt } from './purchase.rules';
import { PurchaseSettler } from './purchase.settler';
import { SubscriptionRepository, type SubscriptionRow } from './subscription.repository';
import { UnpaidCheckout } from './unpaid-checkout.service';

/** When a subscription ends: at once, or with what is paid. */
export type EndTime = 'now' | 'cycle_end';

/** `gone`: whoever buys or sells it has closed the account. */
type Ending = EndTime | 'gone';

const BATCH = 100;

/**
 * Ending, pausing and resuming. Our side is done when it is written; the gateway is told afterwards, and again until it
 * has heard.
 */
@Injectable()
export class PurchaseEndService {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly settler: PurchaseSettler,
    private readonly mandates: MandateService,
    private readonly unpaid: UnpaidCheckout,
    private readonly clock: Clock,
  ) {}

  /** In whatever state it is. False where the account has nothing in the tier. */
  async end(accountId: number, tierId: number, when: EndTime): Promise<boolean> {
    const known = await this.subscriptions.live(accountId, tierId);
    if (known === undefined) return false;
    // What has run out by now is over, whether or not anybody has looked.
    const live = await this.settler.settle(known.id);
    if (live === undefined || live.liveSlot === null) return false;
    await this.endOne(live.id, when);
    return true;
  }

  /** 404 where it is not the account's, 409 where it is not active. What is paid stays open. */
  async pause(accountId: number, id: number): Promise<SubscriptionRow> {
    return this.ask(accountId, id, ['active'], (mandateId) => this.mandates.wantPause(mandateId));
  }

  async resume(accountId: number, id: number): Promise<SubscriptionRow> {
    return this.ask(accountId, id, ['paused'], (mandateId) => this.mandates.wantResume(mandateId));
  }

  /** For an account that is gone: nothing is charged to it any more. Repeatable. */
  async endAllOf(accountId: number): Promise<void> {
    await this.endAll(() => this.subscriptions.openOfAccount(accountId, BATCH));
  }

  /** For a creator who is gone. Repeatable. */
  async endAllIn(creatorId: number): Promise<void> {
    await this.endAll(() => this.subscriptions.openOfCreator(creatorId, BATCH));
  }

  private async endAll(open: () => Promise<number[]>): Promise<void> {
    for (;;) {
      const ids = await open();
      for (const id of ids) await this.endOne(id, 'gone');
      if (ids.length < BATCH) return;
    }
  }

  private async endOne(id: number, when: Ending): Promise<void> {
    const row = await this.settler.change(id, async (held) => {
      // What was paid for it and not heard of goes back: nobody will ever have anything of it.
      if (when === 'gone' && mayBePaid(held)) return this.settler.retire(held);
      const keepsPaidDays = when === 'cycle_end' && (held.accessUntil !== null || mayBePaid(held));
      // While a payment fails there is no cycle to wait for: the paid days are over or are kept on our side.
      const atCycleEnd = keepsPaidDays && (held.status === 'active' || mayBePaid(held));
      if (held.mandateId !== null) await this.mandates.wantCancel(held.mandateId, { atCycleEnd });
      return keepsPaidDays ? { ...held, endsAtCycle: true } : overAt(held, this.clock.now());
    });
    await this.carryOut(row);
    if (row !== undefined && mayBePaid(row)) await this.endUnpaid(row);
  }

  /** With what was paid, if anything was. What can't be asked now may be paid still, and lapses if it is not. */
  private async endUnpaid({ id, orderId, mandateId }: SubscriptionRow): Promise<void> {
    if (mandateId !== null) await this.settler.settle(id);
    else if (await this.unpaid.ask({ orderId, mandateId })) await this.unpaid.end(id);
  }

  private async ask(
    accountId: number,
    id: number,
    statuses: readonly string[],
    want: (mandateId: number) => Promise<void>,
  ): Promise<SubscriptionRow> {
    const row = await this.settler.change(id, async (held) => {
      if (held.accountId !== accountId) throw notFound();
      const { mandateId, status, endsAtCycle } = held;
      if (mandateId === null || endsAtCycle || !statuses.includes(status)) throw notPossible(status);
      await want(mandateId);
      return held;
    });
    if (row === undefined) throw notFound();
    await this.carryOut(row);
    return (await this.settler.settle(id)) ?? row;
  }

  /** What can't be told now is told later, by the mandates themselves. */
  private async carryOut(row: SubscriptionRow | undefined): Promise<void> {
    const mandateId = row?.mandateId ?? null;
    if (mandateId !== null) await this.mandates.carryOut(mandateId);
  }
}

/** Nothing was heard of a payment, and none has failed. */
function mayBePaid({ kind, status, accessUntil }: SubscriptionRow): boolean {
  return kind !== 'free' && accessUntil === null && (status === 'created' || status === 'authenticated');
}
