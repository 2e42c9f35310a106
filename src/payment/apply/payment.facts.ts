import { Injectable } from '@nestjs/common';
import { OutboxService } from '../../infra/outbox/outbox.service';
import type { DisputeRow } from '../dispute/dispute.repository';
import { DisputeChanged } from '../events/dispute-changed.event';
import type { PaymentPayload } from '../events/payment.event';
import { PaymentAuthorized } from '../events/payment-authorized.event';
import { PaymentCaptured } from '../events/payment-captured.event';
import { PaymentFailed } from '../events/payment-failed.event';
import { RefundProcessed } from '../events/refund-processed.event';
import type { PaymentRow } from '../payment/payment.repository';
import type { RefundRow } from '../refund/refund.repository';
import type { Subject } from './match.rules';

/** Tells what became of money that somebody of ours waits for. */
@Injectable()
export class PaymentFacts {
  constructor(private readonly outbox: OutboxService) {}

  async authorized(payment: PaymentRow, subject: Subject): Promise<void> {
    await this.outbox.publish(new PaymentAuthorized(payloadOf(payment, subject)));
  }

  async captured(payment: PaymentRow, subject: Subject): Promise<void> {
    await this.outbox.publish(new PaymentCaptured(payloadOf(payment, subject)));
  }

  async failed(payment: PaymentRow, subject: Subject): Promise<void> {
    await this.outbox.publish(new PaymentFailed(payloadOf(payment, subject)));
  }

  /** `total`: of all refunds of the payment up to this one. */
  async refunded(refund: RefundRow, total: number, payment: PaymentRow, subject: Subject): Promise<void> {
    await this.outbox.publish(
      new RefundProcessed({
        refund_id: refund.id,
        payment_id: payment.id,
        order_id: payment.orderId,
        mandate_id: payment.mandateId,
        purpose: subject.purpose,
        reference: subject.reference,
        payee_id: payment.payeeId,
        amount: refund.amount,
        currency: refund.currency,
        refunded_amount: total,
        payment_amount: payment.amount,
      }),
    );
  }

  async disputed(dispute: DisputeRow, payment: PaymentRow, subject: Subject): Promise<void> {
    await this.outbox.publish(
      new DisputeChanged({
        dispute_id: dispute.id,
        payment_id: payment.id,
        purpose: subject.purpose,
        reference: subject.reference,
        payee_id: payment.payeeId,
        status: dispute.status,
        amount: dispute.amount,
        currency: dispute.currency,
      }),
    );
  }
}

function payloadOf(payment: PaymentRow, { purpose, reference }: Subject): PaymentPayload {
  return {
    payment_id: payment.id,
    order_id: payment.orderId,
    mandate_id: payment.mandateId,
    purpose,
    reference,
    payer_id: payment.payerId,
    payee_id: payment.payeeId,
    amount: payment.amount,
    currency: payment.currency,
    period_start: payment.periodStart?.toISOString() ?? null,
    period_end: payment.periodEnd?.toISOString() ?? null,
    at: payment.gatewayCreatedAt.toISOString(),
  };
}
