import { Injectable } from '@nestjs/common';
import type { Applied } from '../apply/applied';
import { ApplyService } from '../apply/apply.service';
import { unlessRefused } from '../gateway/gateway-questions';
import {
  type GatewayDispute,
  type GatewayPayment,
  type GatewayRefund,
  PaymentGateway,
} from '../gateway/payment-gateway';
import { DisputeRepository } from '../dispute/dispute.repository';
import { PaymentRepository } from '../payment/payment.repository';
import { RefundRepository } from '../refund/refund.repository';
import type { Belief } from './belief.repository';
import { PaymentCure } from './payment.cure';
import type { RunBook } from './run-book';

/** Brings what hangs on a payment to where webhooks would have brought it. Outside of any unit of work. */
@Injectable()
export class AttachedCure {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly applying: ApplyService,
    private readonly paymentCure: PaymentCure,
    private readonly payments: PaymentRepository,
    private readonly refunds: RefundRepository,
    private readonly disputes: DisputeRepository,
  ) {}

  async compareRefund(book: RunBook, refund: GatewayRefund): Promise<void> {
    await this.withPayment(book, refund, async (apply) => {
      const known = await this.refunds.byGatewayId(refund.id);
      const { changed } = await apply(() => this.applying.refund(refund));
      if (!changed) return undefined;
      return known === undefined ? 'refund_missing' : 'refund_behind';
    });
  }

  async compareDispute(book: RunBook, dispute: GatewayDispute): Promise<void> {
    await this.withPayment(book, dispute, async (apply) => {
      const known = await this.disputes.byGatewayId(dispute.id);
      const { changed } = await apply(() => this.applying.dispute(dispute));
      if (!changed) return undefined;
      return known === undefined ? 'dispute_missing' : 'dispute_behind';
    });
  }

  /** Asks how one of ours stands. False: the gateway does not know it. */
  async lookAtRefund(book: RunBook, { gatewayId, paymentGatewayId = '' }: Belief): Promise<boolean> {
    const refunds = (await unlessRefused(() => this.gateway.refundsOf(paymentGatewayId))) ?? [];
    const refund = refunds.find(({ id }) => id === gatewayId);
    if (refund !== undefined) await this.compareRefund(book, refund);
    return refund !== undefined;
  }

  /** What hangs on a payment that we do not know yet comes after it; of one that nobody knows it is nobody's. */
  private async withPayment(
    book: RunBook,
    { id, paymentId }: GatewayRefund | GatewayDispute,
    work: (
      apply: (what: () => Promise<Applied>) => Promise<Applied>,
    ) => Promise<Parameters<RunBook['note']>[0] | undefined>,
  ): Promise<void> {
    const missing = await this.missing(paymentId);
    if (missing === null) return;
    const { link } = missing === undefined ? { link: {} } : await this.paymentCure.compare(book, missing);
    await book.cure(id, () =>
      work(async (what) => {
        // Nothing stays of a rehearsal: it begins with the payment.
        if (missing !== undefined && book.dryRun) await this.applying.payment(missing, link);
        return what();
      }),
    );
  }

  /** Undefined: we know the payment; null: nobody does. */
  private async missing(gatewayId: string): Promise<GatewayPayment | undefined | null> {
    if ((await this.payments.byGatewayId(gatewayId)) !== undefined) return undefined;
    return (await unlessRefused(() => this.gateway.payment(gatewayId))) ?? null;
  }
}
