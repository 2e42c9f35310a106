import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { type GatewayPage, type GatewaySubscription, type Listing, PaymentGateway } from '../gateway/payment-gateway';
import { PaymentRepository } from '../payment/payment.repository';
import { type Belief, BeliefRepository } from './belief.repository';
import { ListComparison } from './list.comparison';
import { MandateCure } from './mandate.cure';
import { PaymentCure } from './payment.cure';
import type { RunBook } from './run-book';
import { isWhole } from './window.rules';

/** By how much the gateway's clock may be behind ours. */
const CLOCKS_APART_MS = 10 * 60_000;

/** Mandates. A run over a day or more compares all that are live; a shorter one those that were made in its time. */
@Injectable()
export class MandateComparison extends ListComparison<GatewaySubscription> {
  readonly stage = 'mandates';

  constructor(
    private readonly gateway: PaymentGateway,
    private readonly mandates: MandateCure,
    private readonly paymentCure: PaymentCure,
    private readonly payments: PaymentRepository,
    private readonly beliefs: BeliefRepository,
    protected readonly clock: Clock,
  ) {
    super();
  }

  protected override async since({ window }: RunBook): Promise<Date> {
    const oldest = isWhole(window) ? await this.beliefs.oldestMandate() : undefined;
    return oldest === undefined || oldest > window.from ? window.from : new Date(oldest.getTime() - CLOCKS_APART_MS);
  }

  protected list(page: GatewayPage): Promise<Listing<GatewaySubscription>> {
    return this.gateway.subscriptions(page);
  }

  protected async compare(book: RunBook, told: GatewaySubscription, asked: Date): Promise<void> {
    if (await this.mandates.compare(book, told, asked)) await this.comparePayments(book, told.id);
  }

  protected ours(from: Date, to: Date, after: number, limit: number): Promise<Belief[]> {
    return this.beliefs.between('mandate', from, to, after, limit);
  }

  protected async check(book: RunBook, { gatewayId }: Belief): Promise<void> {
    if (!(await this.mandates.look(book, gatewayId))) book.note('mandate_absent', gatewayId);
  }

  /** Those that we have not seen captured, however old: what has gone on was charged for. */
  private async comparePayments(book: RunBook, mandateGatewayId: string): Promise<void> {
    for (const invoice of await this.gateway.invoicesOf(mandateGatewayId)) {
      const { paymentId } = invoice;
      if (paymentId === null) continue;
      const known = await this.payments.byGatewayId(paymentId);
      if (known !== undefined && known.capturedAt !== null && known.parked === null) continue;
      await this.paymentCure.compare(book, await this.gateway.payment(paymentId), { mandateGatewayId, invoice });
    }
  }
}
