import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { type DisputeRow, DisputeRepository } from '../dispute/dispute.repository';
import { disputeMoves } from '../dispute/dispute.rules';
import { mergeDispute } from '../dispute/dispute.state';
import type { GatewayDispute } from '../gateway/payment-gateway';
import { paymentUnknown } from '../payment.errors';
import { PaymentRepository } from '../payment/payment.repository';
import type { Applied } from './applied';
import { changesBetween, isEmpty } from './changes.rules';
import { PaymentBooks } from './payment.books';
import { PaymentFacts } from './payment.facts';
import { SubjectFinder } from './subject.finder';

const LONGEST_PHASE = 32;

/** Disputes as the gateway tells them. Only inside a unit of work. */
@Injectable()
export class DisputeApplier {
  constructor(
    private readonly subjects: SubjectFinder,
    private readonly payments: PaymentRepository,
    private readonly disputes: DisputeRepository,
    private readonly facts: PaymentFacts,
    private readonly books: PaymentBooks,
    private readonly clock: Clock,
  ) {}

  /** Throws `payment_unknown` where its payment was not applied before. */
  async apply(told: GatewayDispute): Promise<Applied> {
    const found = await this.payments.byGatewayId(told.paymentId);
    if (found === undefined) throw paymentUnknown();
    const subject = await this.subjects.known(found);
    const payment = await this.payments.lock(found.id);
    if (payment === undefined) throw paymentUnknown();
    const before = await this.disputes.byGatewayId(told.id);
    const after = await this.store(before, told, payment.id);
    if (after === before) return { changed: false, paymentId: payment.id };
    if (subject !== undefined && payment.purpose !== null && after.status !== before?.status) {
      await this.facts.disputed(after, payment, subject);
    }
    await this.books.dispute(after, disputeMoves(before, after), payment);
    return { changed: true, paymentId: payment.id };
  }

  /** The dispute as it is known now; `before` itself where that is nothing new. */
  private async store(before: DisputeRow | undefined, told: GatewayDispute, paymentId: number): Promise<DisputeRow> {
    const now = this.clock.now();
    const phase = told.phase.slice(0, LONGEST_PHASE);
    if (before === undefined) {
      const { id: gatewayId, amount, amountDeducted, currency, status, createdAt } = told;
      const amounts = { amount, amountDeducted, currency };
      const added = { gatewayId, paymentId, ...amounts, status, phase, createdAt, updatedAt: now };
      return { ...added, id: await this.disputes.add(added) };
    }
    const after = mergeDispute(before, { ...told, phase });
    const changes = changesBetween(before, after);
    if (isEmpty(changes)) return before;
    await this.disputes.change(before.id, { ...changes, updatedAt: now });
    return after;
  }
}
