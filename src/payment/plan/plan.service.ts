import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Money } from '../../common/money';
import { type GatewayPlan, PaymentGateway } from '../gateway/payment-gateway';
import { GatewayPlanRepository } from '../mandate/gateway-plan.repository';

/** A monthly price. */
export interface PlanIntent extends Money {
  /** Its consumer's name for it, up to 64 characters: one key is one price for ever. */
  readonly planKey: string;
  readonly planName: string;
}

const KEY_NOTE = 'plan_key';
const LONGEST_NAME = 255;
const PAGE = 100;
/** Newer plans than the one that is looked for are few: it was made a moment ago, if at all. */
const PAGES = 3;

/** What the gateway charges every month. Two plans of one price do no harm: the first to be written down is used. */
@Injectable()
export class PlanService {
  constructor(
    private readonly plans: GatewayPlanRepository,
    private readonly gateway: PaymentGateway,
    private readonly clock: Clock,
  ) {}

  /** The gateway's id of it, made where it is not there. Outside of any unit of work; throws GatewayError. */
  async idOf(intent: PlanIntent): Promise<string> {
    const known = await this.plans.byKey(intent.planKey);
    if (known !== undefined) return known.gatewayId;
    const { planKey, amount, currency } = intent;
    const name = intent.planName.slice(0, LONGEST_NAME);
    const { id: gatewayId } =
      (await this.find(intent)) ??
      (await this.gateway.createPlan({ amount, currency, name, notes: { [KEY_NOTE]: planKey } }));
    await this.plans.add({ gatewayId, planKey, name, amount, currency, createdAt: this.clock.now() });
    return (await this.plans.byKey(planKey))?.gatewayId ?? gatewayId;
  }

  /** What was made before a crash. */
  private async find(intent: PlanIntent): Promise<GatewayPlan | undefined> {
    for (let skip = 0; skip < PAGES * PAGE; skip += PAGE) {
      const page = await this.gateway.plans({ count: PAGE, skip });
      const found = page.items.find((plan) => isOf(intent, plan));
      if (found !== undefined || page.size < PAGE) return found;
    }
    return undefined;
  }
}

function isOf({ planKey, amount, currency }: PlanIntent, plan: GatewayPlan): boolean {
  return plan.notes[KEY_NOTE] === planKey && plan.amount === amount && plan.currency === currency;
}
