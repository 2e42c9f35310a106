import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { GatewayAttempts, type Making } from '../checkout/gateway-attempts';
import { type GatewaySubscription, type Notes, PaymentGateway } from '../gateway/payment-gateway';
import { PlanService } from '../plan/plan.service';
import { mandateOver } from './mandate.errors';
import { MandateRepository, type MandateRow } from './mandate.repository';
import { isOver } from './mandate.state';
import { isEnd } from './wanted.rules';

const INTENT_NOTE = 'intent';
const PAGE = 100;
const PAGES = 20;
/** By how much the gateway's clock may be behind ours. */
const CLOCKS_APART_MS = 10 * 60_000;

/** Makes mandates at the gateway, which takes two calls for two subscriptions. Outside of any unit of work. */
@Injectable()
export class MandatePublisher {
  constructor(
    private readonly mandates: MandateRepository,
    private readonly plans: PlanService,
    private readonly gateway: PaymentGateway,
    private readonly attempts: GatewayAttempts,
    private readonly clock: Clock,
  ) {}

  /** The mandate with the gateway's id. 409 where it has ended, or is to end. */
  publish(mandateId: number): Promise<MandateRow> {
    return this.attempts.once(this.making(), mandateId);
  }

  /** What a try whose answer is lost has made, among the subscriptions since. Throws GatewayError. */
  async find(mandate: MandateRow): Promise<GatewaySubscription | undefined> {
    const from = new Date(mandate.createdAt.getTime() - CLOCKS_APART_MS);
    for (let skip = 0; skip < PAGES * PAGE; skip += PAGE) {
      const page = await this.gateway.subscriptions({ from, count: PAGE, skip });
      const found = page.items.find(({ notes }) => notes[INTENT_NOTE] === intentOf(mandate));
      if (found !== undefined || page.size < PAGE) return found;
    }
    return undefined;
  }

  /** What was made, written down. In a unit of work that has locked the mandate. */
  async keep({ id }: MandateRow, { id: gatewayId, planId, shortUrl }: GatewaySubscription): Promise<void> {
    await this.mandates.change(id, { gatewayId, planId, shortUrl, updatedAt: this.clock.now() });
  }

  private making(): Making<MandateRow, GatewaySubscription> {
    return {
      rows: this.mandates,
      check: ({ status, wanted }) => {
        if (isOver(status) || isEnd(wanted)) throw mandateOver();
      },
      find: (mandate) => this.find(mandate),
      make: (mandate) => this.make(mandate),
      keep: (mandate, made) => this.keep(mandate, made),
    };
  }

  private async make(mandate: MandateRow): Promise<GatewaySubscription> {
    const { totalCount, startAt } = mandate;
    const planId = await this.plans.idOf(mandate);
    const notes: Notes = { [INTENT_NOTE]: intentOf(mandate) };
    return this.gateway.createSubscription({ planId, totalCount, ...(startAt && { startAt }), notes });
  }
}

/** No other has it, also among those of a database that was there before this one. */
function intentOf({ id, createdAt }: MandateRow): string {
  return `mandate-${id}-${createdAt.getTime()}`;
}
