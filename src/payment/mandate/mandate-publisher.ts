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
const INTENT = /^mandate-([1-9]\d{0,15})-\d+$/;
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

  /** Which mandate's intent a subscription carries; undefined where none's. */
  intentIdOf({ notes }: GatewaySubscription): number | undefined {
    const [, id = ''] = INTENT.exec(notes[INTENT_NOTE] ?? '') ?? [];
    return id === '' ? undefined : Number(id);
  }

  /**
   * Writes down what carries a mandate's intent and was never heard of, in one unit of work. `stray`: the mandate has
   * another subscription, or has ended without one. Undefined: it is nobody's of ours, or known.
   */
  async adopt(made: GatewaySubscription): Promise<'kept' | 'stray' | undefined> {
    const mandate = await this.mandates.lock(this.intentIdOf(made) ?? 0);
    if (mandate === undefined || made.notes[INTENT_NOTE] !== intentOf(mandate)) return undefined;
    if (mandate.gatewayId === made.id) return undefined;
    if (mandate.gatewayId !== null || isOver(mandate.status)) return 'stray';
    await this.keep(mandate, made);
    return 'kept';
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
