import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { errorText, LEASE_MS, QueueWorker } from '../../infra/periodic/queue-worker';
import { DeliveryOutcome } from './delivery-outcome';
import { DeliveryQueueRepository, type DueDelivery, type Turn } from './delivery-queue.repository';
import { EndpointCaller } from './endpoint.caller';
import { paceOf } from './failing.rules';

/** They wait for other people's servers most of the time. */
const MOST_ENDPOINTS_AT_ONCE = 64;
const FAULT_PAUSE_MS = 5 * 60_000;

/**
 * Sends what is due, endpoint by endpoint: each has its turn with a few calls at once, and then the next one. So one
 * that is slow, or has much waiting for it, holds up itself alone.
 */
@Injectable()
export class DeliveryWorker extends QueueWorker<Turn> {
  constructor(
    private readonly queue: DeliveryQueueRepository,
    private readonly caller: EndpointCaller,
    private readonly outcome: DeliveryOutcome,
    clock: Clock,
  ) {
    super(clock);
  }

  protected override get mostInFlight(): number {
    return MOST_ENDPOINTS_AT_ONCE;
  }

  protected claim(limit: number): Promise<readonly Turn[]> {
    return this.queue.claim(this.clock.now(), this.in(LEASE_MS), limit);
  }

  protected extend(turn: Turn): Promise<void> {
    return this.queue.extend(turn, this.in(LEASE_MS));
  }

  protected async work(turn: Turn): Promise<void> {
    const due = await this.queue.deliveries(turn, this.clock.now(), paceOf(turn.failedDeliveries).calls);
    await Promise.all(due.map((delivery) => this.send(turn, delivery)));
    const again = await this.queue.rest(turn, this.clock.now());
    if (again !== undefined && again <= this.clock.now()) this.wake();
  }

  /** A fault of ours, such as a key that is lost, costs no other delivery its turn, and is not met again at once. */
  private async send(turn: Turn, delivery: DueDelivery): Promise<void> {
    try {
      await this.outcome.keep(turn, delivery, await this.caller.call(turn, delivery));
    } catch (error) {
      this.logger.error(`delivery ${delivery.id} to endpoint ${turn.id}: ${errorText(error)}`);
      await this.queue.postpone(delivery, this.in(FAULT_PAUSE_MS));
    }
  }
}
