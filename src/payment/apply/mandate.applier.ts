import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { GatewaySubscription } from '../gateway/payment-gateway';
import { GatewayPlanRepository } from '../mandate/gateway-plan.repository';
import { MandateFacts } from '../mandate/mandate-facts';
import { MandateRepository, type MandateRow } from '../mandate/mandate.repository';
import { isOver, mandateDiffers, mergeMandate } from '../mandate/mandate.state';
import { isPlan } from '../mandate/wanted.rules';
import type { Applied } from './applied';
import { changesBetween, isEmpty } from './changes.rules';

/** What a consumer is told of; the rest is between the gateway and us. */
const TOLD = ['status', 'paidCount', 'currentEnd', 'endsAtCycle', 'planKey', 'hasScheduledChanges'] as const;

const NO_NEXT_PLAN = { nextPlanKey: null, nextPlanName: null, nextAmount: null };

/** Mandates as the gateway tells them. Only inside a unit of work. */
@Injectable()
export class MandateApplier {
  constructor(
    private readonly mandates: MandateRepository,
    private readonly plans: GatewayPlanRepository,
    private readonly facts: MandateFacts,
    private readonly clock: Clock,
  ) {}

  /** A mandate that is not ours changes nothing. */
  async apply(told: GatewaySubscription, asOf: Date): Promise<Applied> {
    const before = await this.mandates.lockByGatewayId(told.id);
    if (before === undefined) return { changed: false, paymentId: null };
    const after = await this.withPlan(before, mergeMandate(before, told, asOf));
    const changes = changesBetween(before, after);
    if (isEmpty(changes)) return { changed: false, paymentId: null };
    await this.mandates.change(before.id, { ...changes, updatedAt: this.clock.now() });
    if (TOLD.some((name) => name in changes)) await this.facts.changed(after);
    return { changed: mandateDiffers(before, after), paymentId: null };
  }

  /** Another plan is another price; nothing is wanted any more of what is over. */
  private async withPlan(before: MandateRow, after: MandateRow): Promise<MandateRow> {
    const wanted = isOver(after.status) ? null : after.wanted;
    const isOther = after.planId !== null && after.planId !== before.planId;
    const plan = isOther ? await this.plans.byGatewayId(after.planId ?? '') : undefined;
    if (plan === undefined) return { ...after, wanted, ...(isCalledOff(before, after) && NO_NEXT_PLAN) };
    const { planKey, name: planName, amount, currency } = plan;
    const charged = { ...after, wanted, planKey, planName, amount, currency };
    if (planKey !== after.nextPlanKey) return charged;
    return { ...charged, ...NO_NEXT_PLAN, wanted: isPlan(wanted) ? null : wanted };
  }
}

/** A price that was to come, and is not to any more. */
function isCalledOff(before: MandateRow, after: MandateRow): boolean {
  return before.hasScheduledChanges && !after.hasScheduledChanges && !isPlan(before.wanted);
}
