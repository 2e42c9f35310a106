import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { type GatewayDispute, type GatewayPage, type Listing, PaymentGateway } from '../gateway/payment-gateway';
import { AttachedCure } from './attached.cure';
import { type Belief, BeliefRepository } from './belief.repository';
import { ListComparison } from './list.comparison';
import type { RunBook } from './run-book';

const MOST_AT_ONCE = 100;

/** Disputes, from the oldest that is open to us. */
@Injectable()
export class DisputeComparison extends ListComparison<GatewayDispute> {
  readonly stage = 'disputes';

  constructor(
    private readonly gateway: PaymentGateway,
    private readonly attached: AttachedCure,
    private readonly beliefs: BeliefRepository,
    protected readonly clock: Clock,
  ) {
    super();
  }

  protected override async since({ window }: RunBook): Promise<Date> {
    const oldest = await this.beliefs.oldestDispute();
    return oldest === undefined || oldest > window.from ? window.from : oldest;
  }

  protected list(page: GatewayPage): Promise<Listing<GatewayDispute>> {
    return this.gateway.disputes(page);
  }

  protected compare(book: RunBook, dispute: GatewayDispute): Promise<void> {
    return this.attached.compareDispute(book, dispute);
  }

  protected ours(from: Date, to: Date, after: number, limit: number): Promise<Belief[]> {
    return this.beliefs.between('dispute', from, to, after, limit);
  }

  /** There is no asking for one: those of its second are listed. */
  protected async check(book: RunBook, { gatewayId, at }: Belief): Promise<void> {
    const { items, odd } = await this.gateway.disputes({ from: at, to: at, count: MOST_AT_ONCE, skip: 0 });
    const dispute = items.find(({ id }) => id === gatewayId);
    if (dispute !== undefined) await this.compare(book, dispute);
    else if (!odd.some(({ id }) => id === gatewayId)) book.note('dispute_absent', gatewayId);
  }
}
