import { Injectable } from '@nestjs/common';
import { type GatewaySubscription, PaymentGateway } from '../gateway/payment-gateway';
import { isRefused } from '../gateway-faults';
import { PlanService } from '../plan/plan.service';
import type { Wanted } from './mandate.entity';
import type { MandateRow } from './mandate.repository';
import { isOver } from './mandate.state';
import { hasHeard, isPlan } from './wanted.rules';

export interface Published extends MandateRow {
  readonly gatewayId: string;
}

/** What the gateway shows after it was asked, and whether that is what was wanted. */
export interface Answer {
  readonly told: GatewaySubscription;
  readonly isDone: boolean;
}

/** Asks the gateway for what is wanted of a mandate. Outside of any unit of work; throws GatewayError. */
@Injectable()
export class MandateAsker {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly plans: PlanService,
  ) {}

  /** A mandate that the gateway does not do this with is shown as it is. */
  async ask(mandate: Published, wanted: Wanted): Promise<Answer> {
    const planId = isPlan(wanted) ? await this.plans.idOf(nextPlanOf(mandate)) : undefined;
    try {
      const told = await this.call(mandate.gatewayId, wanted, planId ?? '');
      return { told, isDone: hasHeard(told, wanted, { planId, refused: false }) };
    } catch (error) {
      if (!isRefused(error)) throw error;
      const told = await this.afterRefusal(mandate.gatewayId, wanted);
      return { told, isDone: hasHeard(told, wanted, { planId, refused: true }) };
    }
  }

  private call(gatewayId: string, wanted: Wanted, planId: string): Promise<GatewaySubscription> {
    switch (wanted) {
      case 'cancelled':
        return this.gateway.cancelSubscription(gatewayId, { atCycleEnd: false });
      case 'cancelled_at_end':
        return this.gateway.cancelSubscription(gatewayId, { atCycleEnd: true });
      case 'paused':
        return this.gateway.pauseSubscription(gatewayId);
      case 'resumed':
        return this.gateway.resumeSubscription(gatewayId);
      case 'plan_now':
      case 'plan_at_end':
        return this.changePlan(gatewayId, planId, wanted);
      case 'plan_kept':
        return this.keepPlan(gatewayId);
    }
  }

  private async afterRefusal(gatewayId: string, wanted: Wanted): Promise<GatewaySubscription> {
    const told = await this.gateway.subscription(gatewayId);
    // There is no cycle to wait for.
    if (wanted !== 'cancelled_at_end' || isOver(told.status)) return told;
    return this.gateway.cancelSubscription(gatewayId, { atCycleEnd: false });
  }

  /** A change at once takes money: one whose answer was lost is not asked for twice. */
  private async changePlan(gatewayId: string, planId: string, wanted: Wanted): Promise<GatewaySubscription> {
    const seen = await this.gateway.subscription(gatewayId);
    if (seen.planId === planId) return seen;
    return this.gateway.updateSubscription(gatewayId, { planId, when: wanted === 'plan_now' ? 'now' : 'cycle_end' });
  }

  private async keepPlan(gatewayId: string): Promise<GatewaySubscription> {
    const seen = await this.gateway.subscription(gatewayId);
    return seen.hasScheduledChanges ? this.gateway.cancelScheduledChange(gatewayId) : seen;
  }
}

function nextPlanOf({ id, nextPlanKey, nextPlanName, nextAmount, currency }: MandateRow) {
  if (nextPlanKey === null || nextAmount === null) throw new Error(`Mandate ${id} has lost its next plan`);
  return { planKey: nextPlanKey, planName: nextPlanName ?? '', amount: nextAmount, currency };
}
