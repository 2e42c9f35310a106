import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { type GatewayPage, type GatewayRefund, type Listing, PaymentGateway } from '../gateway/payment-gateway';
import { type Belief, BeliefRepository } from './belief.repository';
import { ListComparison } from './list.comparison';
import { AttachedCure } from './attached.cure';
import type { RunBook } from './run-book';

/** Refunds, those made in the dashboard too. */
@Injectable()
export class RefundComparison extends ListComparison<GatewayRefund> {
  readonly stage = 'refunds';

  constructor(
    private readonly gateway: PaymentGateway,
    private readonly attached: AttachedCure,
    private readonly beliefs: BeliefRepository,
    protected readonly clock: Clock,
  ) {
    super();
  }

  protected list(page: GatewayPage): Promise<Listing<GatewayRefund>> {
    return this.gateway.refunds(page);
  }

  protected compare(book: RunBook, refund: GatewayRefund): Promise<void> {
    return this.attached.compareRefund(book, refund);
  }

  protected ours(from: Date, to: Date, after: number, limit: number): Promise<Belief[]> {
    return this.beliefs.between('refund', from, to, after, limit);
  }

  protected async check(book: RunBook, belief: Belief): Promise<void> {
    if (!(await this.attached.lookAtRefund(book, belief))) book.note('refund_absent', belief.gatewayId);
  }
}
