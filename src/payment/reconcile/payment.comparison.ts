import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { unlessRefused } from '../gateway/gateway-questions';
import { type GatewayPage, type GatewayPayment, type Listing, PaymentGateway } from '../gateway/payment-gateway';
import { type Belief, BeliefRepository } from './belief.repository';
import { ListComparison } from './list.comparison';
import { MandateCure } from './mandate.cure';
import { PaymentCure } from './payment.cure';
import type { RunBook } from './run-book';

/** Payments, whoever's: what matches nothing of ours is parked. */
@Injectable()
export class PaymentComparison extends ListComparison<GatewayPayment> {
  readonly stage = 'payments';

  constructor(
    private readonly gateway: PaymentGateway,
    private readonly payments: PaymentCure,
    private readonly mandates: MandateCure,
    private readonly beliefs: BeliefRepository,
    protected readonly clock: Clock,
  ) {
    super();
  }

  protected list(page: GatewayPage): Promise<Listing<GatewayPayment>> {
    return this.gateway.payments(page);
  }

  protected async compare(book: RunBook, payment: GatewayPayment): Promise<void> {
    const { differed, link } = await this.payments.compare(book, payment);
    if (differed && link.mandateGatewayId !== undefined) await this.mandates.look(book, link.mandateGatewayId);
  }

  protected ours(from: Date, to: Date, after: number, limit: number): Promise<Belief[]> {
    return this.beliefs.between('payment', from, to, after, limit);
  }

  protected async check(book: RunBook, { gatewayId }: Belief): Promise<void> {
    const payment = await unlessRefused(() => this.gateway.payment(gatewayId));
    if (payment === undefined) book.note('payment_absent', gatewayId);
    else await this.compare(book, payment);
  }
}
