import { Injectable } from '@nestjs/common';
import type { Comparison } from './comparison';
import { DisputeComparison } from './dispute.comparison';
import { MandateComparison } from './mandate.comparison';
import { OrderComparison } from './order.comparison';
import { PaymentComparison } from './payment.comparison';
import { RefundComparison } from './refund.comparison';
import type { RunBook } from './run-book';
import { SettlementComparison } from './settlement.comparison';
import { WaitingComparison } from './waiting.comparison';

/** Behind the last stage. */
const ENDED = 'ended';

/** Holds all that we have against all that the gateway has, one question after the other. */
@Injectable()
export class Reconciler {
  /** What waits comes before what may touch it, and then what others hang on. */
  private readonly comparisons: readonly Comparison[];

  constructor(
    orders: OrderComparison,
    payments: PaymentComparison,
    mandates: MandateComparison,
    refunds: RefundComparison,
    disputes: DisputeComparison,
    settlements: SettlementComparison,
    waiting: WaitingComparison,
  ) {
    this.comparisons = [waiting, orders, payments, mandates, refunds, disputes, settlements];
  }

  /**
   * From where the run was left, to the end. Outside of any unit of work. Throws GatewayError while the gateway can't be
   * asked, RunLost where another process goes on with it, RunStopped where this one shuts down.
   */
  async run(book: RunBook): Promise<void> {
    const { progress } = book;
    if (progress?.stage === ENDED) return;
    const first = this.comparisons.findIndex(({ stage }) => stage === progress?.stage);
    let cursor = progress?.cursor;
    for (const comparison of this.comparisons.slice(Math.max(first, 0))) {
      do {
        cursor = await comparison.step(book, cursor);
        await book.turn(...this.next(comparison, cursor));
      } while (cursor !== undefined);
    }
  }

  /** Where it goes on from here. */
  private next(comparison: Comparison, cursor: unknown): [stage: string, cursor: unknown] {
    if (cursor !== undefined) return [comparison.stage, cursor];
    const following = this.comparisons[this.comparisons.indexOf(comparison) + 1];
    return [following?.stage ?? ENDED, undefined];
  }
}
