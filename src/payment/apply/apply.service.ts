import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type {
  GatewayDispute,
  GatewayOrder,
  GatewayPayment,
  GatewayReconLine,
  GatewayRefund,
  GatewaySubscription,
} from '../gateway/payment-gateway';
import type { Applied, PaymentLink } from './applied';
import { DisputeApplier } from './dispute.applier';
import { MandateApplier } from './mandate.applier';
import { OrderApplier } from './order.applier';
import { PaymentApplier } from './payment.applier';
import { RefundApplier } from './refund.applier';
import { SettlementApplier } from './settlement.applier';

export type { Applied, PaymentLink } from './applied';

/**
 * The one door for what the gateway says: its snapshots become our rows, ledger entries and facts. Snapshots come in any
 * order, any number of times and at once, by callback, webhook and reconciliation; each has its effect once. They must
 * be the gateway's own, an answer or a signed event. Every method is one unit of work, or joins the running one.
 */
@Injectable()
export class ApplyService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payments: PaymentApplier,
    private readonly orders: OrderApplier,
    private readonly mandates: MandateApplier,
    private readonly refunds: RefundApplier,
    private readonly disputes: DisputeApplier,
    private readonly settlements: SettlementApplier,
  ) {}

  /**
   * `link`: which mandate it is for, since the payment itself does not say. Told without it first, the payment is parked
   * as `unmatched`, and found when it is told with it.
   */
  payment(snapshot: GatewayPayment, link: PaymentLink = {}): Promise<Applied> {
    return this.unitOfWork.run(() => this.payments.apply(snapshot, link));
  }

  order(snapshot: GatewayOrder): Promise<Applied> {
    return this.unitOfWork.run(() => this.orders.apply(snapshot));
  }

  /** `asOf`: when the snapshot was true: the event's time, or when the gateway was asked. */
  mandate(snapshot: GatewaySubscription, asOf: Date): Promise<Applied> {
    return this.unitOfWork.run(() => this.mandates.apply(snapshot, asOf));
  }

  /** Throws DomainError `payment_unknown` where its payment was not applied before; so does `dispute`. */
  refund(snapshot: GatewayRefund): Promise<Applied> {
    return this.unitOfWork.run(() => this.refunds.apply(snapshot));
  }

  dispute(snapshot: GatewayDispute): Promise<Applied> {
    return this.unitOfWork.run(() => this.disputes.apply(snapshot));
  }

  /** Lines of any settlements, in any portions; those that are not settled yet change nothing. */
  settlement(lines: readonly GatewayReconLine[]): Promise<Applied> {
    return this.unitOfWork.run(() => this.settlements.apply(lines));
  }
}
