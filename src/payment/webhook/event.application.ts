import { Injectable } from '@nestjs/common';
import { zip } from '../../common/zip';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type { JsonObject } from '../../infra/outbox/fact';
import type { DeliveryEffect } from '../../infra/webhook/inbound-call';
import { type Applied, ApplyService } from '../apply/apply.service';
import { rehearsed } from '../apply/rehearsal';
import type { Findings } from './event.inquiry';
import { roundsOf, type Told } from './event-rounds.rules';

/** Waits for every one, also where one fails: what is under way in a transaction ends before it does. */
async function all<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(works);
  return settled.map((work) => {
    if (work.status === 'rejected') throw work.reason;
    return work.value;
  });
}

/** Applies what an event tells, all of it in one transaction. */
@Injectable()
export class EventApplication {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly applying: ApplyService,
  ) {}

  /** `asOf`: when the event happened. Says of each entity whether it was news. */
  apply(findings: Findings, asOf: Date): Promise<DeliveryEffect> {
    return this.unitOfWork.run(() => this.applyAll(findings, asOf));
  }

  /** As `apply` for each of them, and none where one fails: in one transaction, in which they keep each other company. */
  applyTogether(told: readonly Told[]): Promise<DeliveryEffect[]> {
    return this.unitOfWork.run(async () => {
      const effects = new Map<Told, DeliveryEffect>();
      for (const round of roundsOf(told)) {
        const done = await all(round.map(({ findings, asOf }) => this.applyAll(findings, asOf)));
        for (const [one, effect] of zip(round, done)) effects.set(one, effect);
      }
      return told.flatMap((one) => effects.get(one) ?? []);
    });
  }

  /** What `apply` would do; nothing of it stays. */
  rehearse(findings: Findings, asOf: Date): Promise<DeliveryEffect> {
    return rehearsed(this.unitOfWork, () => this.applyAll(findings, asOf));
  }

  private async applyAll(
    { order, payment, link, subscription, refund, dispute, lines }: Findings,
    asOf: Date,
  ): Promise<DeliveryEffect> {
    const effect: JsonObject = {};
    let changed = false;
    const note = (name: string, id: string, applied: Applied): void => {
      effect[name] = { id, changed: applied.changed };
      changed ||= applied.changed;
    };
    if (subscription) note('subscription', subscription.id, await this.applying.mandate(subscription, asOf));
    if (order) note('order', order.id, await this.applying.order(order));
    if (payment) note('payment', payment.id, await this.applying.payment(payment, link));
    if (refund) note('refund', refund.id, await this.applying.refund(refund));
    if (dispute) note('dispute', dispute.id, await this.applying.dispute(dispute));
    const [line] = lines ?? [];
    if (lines && line) note('settlement', line.settlementId ?? '', await this.applying.settlement([...lines]));
    return { effect, changed };
  }
}
