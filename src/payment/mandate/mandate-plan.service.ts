import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { PaymentGateway } from '../gateway/payment-gateway';
import { NOT_CHARGED, toldOf } from '../gateway-faults';
import { PaymentRepository } from '../payment/payment.repository';
import type { Wanted } from './mandate.entity';
import { mandateRefused } from './mandate.errors';
import { MandateRepository, type MandateRow } from './mandate.repository';
import { isPlan } from './wanted.rules';

/** Another monthly price, in the currency of the mandate. */
export interface NextPlan {
  /** The consumer's name of the price, up to 64 characters: one key is one price for ever. */
  readonly planKey: string;
  readonly planName: string;
  /** Minor units. */
  readonly amount: number;
  readonly when: 'now' | 'cycle_end';
}

const LONGEST_NAME = 255;

/** Charging another price on a mandate that is there. */
@Injectable()
export class MandatePlanService {
  constructor(
    private readonly mandates: MandateRepository,
    private readonly payments: PaymentRepository,
    private readonly gateway: PaymentGateway,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether the gateway may be expected to take another price: it does for cards of banks abroad, and neither for cards
   * of Indian banks nor for UPI and e-mandates. Outside of any unit of work; DomainError `unavailable` while it can't be
   * reached.
   */
  async takesPlans(mandateId: number): Promise<boolean> {
    const mandate = await this.get(mandateId);
    if (mandate.status !== 'active' || mandate.endsAtCycle) return false;
    const last = (await this.payments.ofMandate(mandateId)).findLast(({ capturedAt }) => capturedAt !== null);
    if (last === undefined) return false;
    try {
      const { method, international } = await this.gateway.payment(last.gatewayId);
      return method === 'card' && international;
    } catch (error) {
      throw toldOf(error, NOT_CHARGED);
    }
  }

  /** In a unit of work; `MandateService.carryOut` tells the gateway. 409 while something else is to be told first. */
  want(mandateId: number, { planKey, planName, amount, when }: NextPlan): Promise<void> {
    const wanted: Wanted = when === 'now' ? 'plan_now' : 'plan_at_end';
    const next = { nextPlanKey: planKey, nextPlanName: planName.slice(0, LONGEST_NAME), nextAmount: amount };
    return this.change(mandateId, (mandate) => {
      const { wanted: known } = mandate;
      if (known !== null && !isPlan(known) && known !== 'plan_kept') throw mandateRefused(`It is to be ${known}`);
      return { wanted, ...next };
    });
  }

  /** The price stays as it is, if it is not too late. In a unit of work; `MandateService.carryOut` tells the gateway. */
  keep(mandateId: number): Promise<void> {
    const none = { nextPlanKey: null, nextPlanName: null, nextAmount: null };
    return this.change(mandateId, ({ wanted }) =>
      wanted === null || isPlan(wanted) ? { wanted: 'plan_kept' as const, ...none } : none,
    );
  }

  private change(mandateId: number, changes: (mandate: MandateRow) => Partial<MandateRow>): Promise<void> {
    return this.unitOfWork.run(async () => {
      const mandate = await this.mandates.lock(mandateId);
      if (mandate === undefined) throw notFound();
      await this.mandates.change(mandateId, { ...changes(mandate), updatedAt: this.clock.now() });
    });
  }

  private async get(mandateId: number): Promise<MandateRow> {
    const mandate = await this.mandates.byId(mandateId);
    if (mandate === undefined) throw notFound();
    return mandate;
  }
}
