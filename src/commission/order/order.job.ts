import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { DomainError } from '../../common/domain-error';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { HoldService } from '../../payment/checkout/hold.service';
import { type DueOrder, OrderRepository, type OrderRow } from './order.repository';
import { OrderStepService } from './order-step.service';
import { OrderTransitions } from './order.transitions';

const BATCH = 100;

/**
 * What time brings about: checkouts that nobody paid, creators who are to be warned or did not answer, money that could
 * not be taken when its creator said yes, work that its buyer says nothing to.
 */
@Injectable()
export class OrderJob extends PeriodicJob {
  protected readonly everyMs = 30_000;
  private readonly log = new Logger(OrderJob.name);

  constructor(
    private readonly orders: OrderRepository,
    private readonly transitions: OrderTransitions,
    private readonly steps: OrderStepService,
    private readonly holds: HoldService,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Once for each that is due. */
  async run(): Promise<void> {
    const now = this.clock.now();
    for (let last: DueOrder = { id: 0, dueAt: new Date(0) }; ;) {
      const due = await this.orders.due(now, last, BATCH);
      for (const { id } of due) await this.see(id);
      if (due.length < BATCH) return;
      last = due.at(-1) ?? last;
    }
  }

  private async see(id: number): Promise<void> {
    try {
      const order = await this.orders.byId(id);
      if (order !== undefined) await this.attend(order);
    } catch (error) {
      // The gateway is away: it is seen again, and nothing is ended whose money may be there. Nor do others wait for one
      // that is broken: their money goes back with time.
      const text = `Commission ${id} is not attended to yet`;
      if (error instanceof DomainError) this.log.warn(`${text}: ${error.message}`);
      else this.log.error(text, error);
    }
  }

  private async attend(order: OrderRow): Promise<void> {
    const { id, status, paymentOrderId, acceptingAt } = order;
    if (status === 'ordered' && paymentOrderId !== null) {
      // Nobody may have told us of a payment.
      await this.holds.refresh(paymentOrderId);
      if (acceptingAt !== null) await this.steps.capture(order);
    }
    await this.transitions.settle(id);
  }
}
