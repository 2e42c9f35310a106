import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { GatewayPayment } from '../gateway/payment-gateway';
import { ParkedRepository } from '../parked/parked.repository';
import { type PaymentRow, PaymentRepository } from '../payment/payment.repository';
import { mergePayment } from '../payment/payment.state';
import { refundedBy, totalOf } from '../refund/refund.rules';
import type { Applied, PaymentLink } from './applied';
import { changesBetween, isEmpty } from './changes.rules';
import { hasMoney, isOpenTip, notedCreator, type Owner, ownerOf, paysFor, type Subject } from './match.rules';
import { PayeeService } from './payee.service';
import { PaymentEffects } from './payment.effects';
import { SubjectFinder } from './subject.finder';

const LONGEST = { method: 32, errorCode: 100, errorDescription: 500 } as const;

/** Payments as the gateway tells them. Only inside a unit of work. */
@Injectable()
export class PaymentApplier {
  constructor(
    private readonly subjects: SubjectFinder,
    private readonly payments: PaymentRepository,
    private readonly payees: PayeeService,
    private readonly parked: ParkedRepository,
    private readonly effects: PaymentEffects,
    private readonly clock: Clock,
  ) {}

  async apply(told: GatewayPayment, link: PaymentLink): Promise<Applied> {
    const now = this.clock.now();
    const named = await this.subjects.named(told, link);
    const { id: gatewayId, amount, currency, createdAt: gatewayCreatedAt } = told;
    const before = await this.payments.claim({ gatewayId, amount, currency, gatewayCreatedAt }, now);
    const subject = named ?? (await this.subjects.known(before));
    const seen = merged(before, told, link, now);
    const { owner, paid } = await this.match(before, seen, told, subject);
    const refunds = await this.effects.refundsBefore(before, { ...seen, ...owner });
    const after: PaymentRow = {
      ...refundedBy(seen, totalOf(refunds)),
      ...owner,
      orderId: before.orderId ?? subject?.orderId ?? null,
      mandateId: before.mandateId ?? subject?.mandateId ?? null,
      payerId: before.payerId ?? paid?.payerId ?? null,
      purpose: paid?.purpose ?? null,
    };
    if (isEmpty(changesBetween(before, after))) return { changed: false, paymentId: before.id };
    await this.payments.store(after, now);
    await this.park(before, after, told, now);
    await this.effects.follow(before, after, refunds, paid);
    return { changed: true, paymentId: before.id };
  }

  /** Whose it is, and what it pays for. What is somebody's and captured stays so, and what an administrator gave. */
  private async match(before: PaymentRow, seen: PaymentRow, told: GatewayPayment, subject: Subject | undefined) {
    if (before.capturedAt !== null && before.payeeId !== null) {
      const owner: Owner = { payeeId: before.payeeId, parked: null };
      return { owner, paid: before.purpose === null ? undefined : subject };
    }
    const owner = ownerOf({
      subject,
      payment: told,
      chosen: subject && hasMoney(seen) ? await this.chosenBy(told, subject) : null,
      isPaid: hasMoney(seen) && (await this.isPaid(subject, before.id)),
    });
    const paid = paysFor(owner.parked) ? subject : undefined;
    const { payeeId } = before;
    const isOther = payeeId !== null && payeeId !== owner.payeeId;
    const given: Owner | undefined =
      isOther && (await this.parked.isAssigned(before.id)) ? { payeeId, parked: null } : undefined;
    return { owner: given ?? owner, paid };
  }

  private async chosenBy({ notes }: GatewayPayment, subject: Subject): Promise<number | null> {
    const noted = isOpenTip(subject) ? notedCreator(notes) : null;
    return noted !== null && (await this.payees.holdCreator(noted)) === true ? noted : null;
  }

  /** An order is paid from its first payment on, if not before that was heard of. */
  private async isPaid(subject: Subject | undefined, paymentId: number): Promise<boolean> {
    const { order = null } = subject ?? {};
    return order?.status === 'paid' && (await this.payments.orderIsPaid(order.id, paymentId));
  }

  /** What is nobody's is kept where administrators see it, as long as there is money. */
  private async park(before: PaymentRow, after: PaymentRow, told: GatewayPayment, now: Date): Promise<void> {
    const reason = after.parked;
    if (reason !== null && hasMoney(after)) {
      const { email, contact, notes } = told;
      await this.parked.add({ paymentId: after.id, reason, email, contact, notedCreatorId: notedCreator(notes) }, now);
    } else if (before.parked !== null) {
      await this.parked.remove(after.id);
    }
  }
}

/** The payment as known after the snapshot, but for whose it is. */
function merged(before: PaymentRow, told: GatewayPayment, { invoice }: PaymentLink, now: Date): PaymentRow {
  const known = { ...before, captured: before.capturedAt !== null };
  const { captured, ...row } = mergePayment(known, {
    ...told,
    method: cut(told.method, LONGEST.method),
    errorCode: cut(told.errorCode, LONGEST.errorCode),
    errorDescription: cut(told.errorDescription, LONGEST.errorDescription),
  });
  return {
    ...row,
    capturedAt: row.capturedAt ?? (captured ? now : null),
    invoiceId: row.invoiceId ?? told.invoiceId ?? invoice?.id ?? null,
    periodStart: row.periodStart ?? invoice?.billingStart ?? null,
    periodEnd: row.periodEnd ?? invoice?.billingEnd ?? null,
  };
}

function cut(text: string | null, longest: number): string | null {
  return text === null ? null : text.slice(0, longest);
}
