import { Injectable } from '@nestjs/common';
import { DomainError, invalid, notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MandateService } from '../../payment/mandate/mandate.service';
import { SubscriptionRepository, type SubscriptionRow } from '../purchase/subscription.repository';
import type { Agreed, Agreement } from './agreement';
import { ChangeQuoteService, type Offer, type Wish } from './change-quote.service';
import { changePending, changeRefused, noChange, quoteStale } from './change.errors';
import { ChangeSettler } from './change.settler';
import { ChangeWriter } from './change.writer';
import { PreviewResponse } from './dto/change.response';
import { type ChangeRow, SubscriptionChangeRepository } from './subscription-change.repository';

/** Changing from one tier of a creator to another. Outside of any unit of work. */
@Injectable()
export class ChangeService {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly changes: SubscriptionChangeRepository,
    private readonly quotes: ChangeQuoteService,
    private readonly writer: ChangeWriter,
    private readonly settler: ChangeSettler,
    private readonly mandates: MandateService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** 404 for somebody else's, 400 for a tier that it can't change to, 409 for its state or a change under way. */
  async preview(accountId: number, wish: Wish): Promise<Offer> {
    const takesPlans = await this.quotes.takesPlans(await this.own(accountId, wish.subscriptionId));
    return this.unitOfWork.run(() => this.offer(accountId, wish, takesPlans));
  }

  /**
   * Does what the preview said; repeatable. 409 `quote_stale` where it would be something else by now, `change_refused`
   * where the gateway does not do it; DomainError `unavailable` while no checkout can be opened.
   */
  async agree(accountId: number, agreement: Agreement): Promise<Agreed> {
    const { subscriptionId, quote } = agreement;
    const row = await this.own(accountId, subscriptionId);
    const known = await this.changes.agreed(subscriptionId, quote);
    if (known !== undefined && isSettled(known, row)) return this.answer(known);
    const takesPlans = known === undefined && (await this.quotes.takesPlans(row));
    const change = known?.state === 'open' ? known : await this.begin(accountId, agreement, takesPlans);
    if (change.how === 'update') await this.update(row, change);
    return this.answer(change);
  }

  /** Leaves the tier as it is. 409 where nothing is under way, or where it is too late. Repeatable only until then. */
  async callOff(accountId: number, subscriptionId: number): Promise<void> {
    await this.own(accountId, subscriptionId);
    await this.settler.settle(subscriptionId);
    const mandateId = await this.unitOfWork.run(async () => {
      const open = await this.changes.openOf(subscriptionId);
      if (open === undefined) throw noChange();
      const row = await this.settler.hold(subscriptionId, open.tierId);
      const held = await this.changes.openOf(subscriptionId);
      if (held?.id !== open.id) throw noChange();
      return this.writer.callOff(row, open);
    });
    if (mandateId !== null) await this.mandates.carryOut(mandateId);
  }

  private begin(accountId: number, agreement: Agreement, takesPlans: boolean): Promise<ChangeRow> {
    return this.unitOfWork.run(async () => {
      const { subscriptionId, tierId, quote } = agreement;
      const row = await this.settler.hold(subscriptionId, tierId);
      // Whoever was asked the same at the same time has written it.
      const known = await this.changes.agreed(subscriptionId, quote);
      if (known !== undefined && (known.state === 'open' || isSettled(known, row))) return known;
      const offer = await this.offer(accountId, agreement, takesPlans);
      if (offer.token !== quote) throw quoteStale(PreviewResponse.of(offer));
      return this.writer.begin(offer);
    });
  }

  private async offer(accountId: number, wish: Wish, takesPlans: boolean): Promise<Offer> {
    const row = await this.settler.hold(wish.subscriptionId, wish.tierId);
    if (row.accountId !== accountId) throw notFound();
    if ((await this.changes.openOf(row.id)) !== undefined) throw changePending();
    const offer = await this.quotes.offer(row, wish, takesPlans);
    const { amount = offer.price.amount } = wish;
    if (amount !== offer.price.amount) throw invalid({ amount: ['This is not the price of the tier.'] });
    return offer;
  }

  /** What can't be told now is told later, by the mandates themselves. */
  private async update({ id, mandateId }: SubscriptionRow, change: ChangeRow): Promise<void> {
    if (mandateId === null || change.state !== 'open') return;
    try {
      await this.mandates.carryOut(mandateId);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'mandate_refused') throw error;
      await this.settler.settle(id);
      throw changeRefused();
    }
    await this.settler.settle(id);
  }

  private async answer({ subscriptionId, quote, ...change }: ChangeRow): Promise<Agreed> {
    const now = (await this.changes.agreed(subscriptionId, quote)) ?? { ...change, subscriptionId, quote };
    const successor = now.successorId === null ? undefined : await this.subscriptions.byId(now.successorId);
    const mandateId = successor?.mandateId ?? null;
    if (now.state !== 'open' || mandateId === null) return { change: now, checkout: undefined };
    return { change: now, checkout: await this.mandates.publish(mandateId) };
  }

  private async own(accountId: number, id: number): Promise<SubscriptionRow> {
    const row = await this.subscriptions.byId(id);
    if (row === undefined || row.accountId !== accountId) throw notFound();
    return row;
  }
}

/** One that was done may have been changed back since: then the same is asked for anew. */
function isSettled({ state, how, tierId }: ChangeRow, row: SubscriptionRow): boolean {
  return state === 'done' && (how === 'new_mandate' || row.tierId === tierId);
}
