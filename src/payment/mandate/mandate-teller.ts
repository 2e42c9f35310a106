import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { ApplyService } from '../apply/apply.service';
import { attemptAt } from '../checkout/attempt.rules';
import { GatewayError } from '../gateway/gateway-error';
import { type GatewaySubscription, PaymentGateway } from '../gateway/payment-gateway';
import { isRefused } from '../gateway-faults';
import type { Wanted } from './mandate.entity';
import { mandateRefused } from './mandate.errors';
import { MandatePublisher } from './mandate-publisher';
import { MandateRepository, type MandateRow } from './mandate.repository';
import { asOfAnswer, isOver } from './mandate.state';
import { isEnd } from './wanted.rules';

interface Published extends MandateRow {
  readonly gatewayId: string;
}

/** Tells the gateway what is wanted of mandates. Outside of any unit of work. */
@Injectable()
export class MandateTeller {
  private readonly logger = new Logger(MandateTeller.name);

  constructor(
    private readonly mandates: MandateRepository,
    private readonly publisher: MandatePublisher,
    private readonly gateway: PaymentGateway,
    private readonly applier: ApplyService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * True where there is nothing left to tell. False: it stays wanted, and is told later. Throws `mandate_refused` where
   * the gateway does not pause or resume this one: that is not wanted any more.
   */
  async tell(mandateId: number): Promise<boolean> {
    const known = await this.mandates.byId(mandateId);
    if (known === undefined || known.wanted === null) return true;
    try {
      const mandate = await this.published(known);
      return mandate === undefined || (await this.carryOut(mandate, known.wanted));
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`Mandate ${mandateId} is still to be ${known.wanted}: ${error.message}`);
      if (known.gatewayId !== null) await this.mandates.change(mandateId, { updatedAt: this.clock.now() });
      return false;
    }
  }

  private async carryOut(mandate: Published, wanted: Wanted): Promise<boolean> {
    const asked = this.clock.now();
    const told = await this.ask(mandate, wanted);
    const isDone = isEnd(wanted) ? wanted === 'cancelled_at_end' || isOver(told.status) : hasHeard(told, wanted);
    await this.unitOfWork.run(async () => {
      await this.applier.mandate(told, asOfAnswer(asked, mandate.snapshotAt));
      if (isDone || !isEnd(wanted)) await this.forget(mandate.id, wanted);
      else await this.mandates.change(mandate.id, { updatedAt: this.clock.now() });
    });
    if (!isDone && !isEnd(wanted)) throw mandateRefused(`It is ${told.status}`);
    return isDone;
  }

  /** The gateway's answer, or what it says of one that it does not do this with. */
  private async ask({ gatewayId }: Published, wanted: Wanted): Promise<GatewaySubscription> {
    try {
      return await this.call(gatewayId, wanted);
    } catch (error) {
      if (!isRefused(error)) throw error;
      const told = await this.gateway.subscription(gatewayId);
      // There is no cycle to wait for.
      if (wanted !== 'cancelled_at_end' || isOver(told.status)) return told;
      return this.gateway.cancelSubscription(gatewayId, { atCycleEnd: false });
    }
  }

  private call(gatewayId: string, wanted: Wanted): Promise<GatewaySubscription> {
    switch (wanted) {
      case 'cancelled':
        return this.gateway.cancelSubscription(gatewayId, { atCycleEnd: false });
      case 'cancelled_at_end':
        return this.gateway.cancelSubscription(gatewayId, { atCycleEnd: true });
      case 'paused':
        return this.gateway.pauseSubscription(gatewayId);
      case 'resumed':
        return this.gateway.resumeSubscription(gatewayId);
    }
  }

  /** Undefined where the gateway has nothing to hear, since it never had it. */
  private async published(known: MandateRow): Promise<Published | undefined> {
    if (known.gatewayId !== null) return { ...known, gatewayId: known.gatewayId };
    const attempt = attemptAt(known, this.clock.now());
    if (attempt === 'underway') throw new GatewayError('unavailable', 'It is being made');
    const found = attempt === 'again' ? await this.publisher.find(known) : undefined;
    return this.unitOfWork.run(async () => {
      const held = await this.mandates.lock(known.id);
      if (held === undefined) return undefined;
      if (held.gatewayId !== null) return { ...held, gatewayId: held.gatewayId };
      if (found !== undefined) {
        await this.publisher.keep(held, found);
        return { ...held, gatewayId: found.id };
      }
      if (held.updatedAt.getTime() !== known.updatedAt.getTime())
        throw new GatewayError('unavailable', 'It is being made');
      await this.mandates.change(held.id, { status: 'cancelled', wanted: null, endedAt: this.clock.now() });
      return undefined;
    });
  }

  /** Unless something else is wanted by now. */
  private async forget(mandateId: number, told: Wanted): Promise<void> {
    const held = await this.mandates.lock(mandateId);
    if (held?.wanted === told) await this.mandates.change(mandateId, { wanted: null, updatedAt: this.clock.now() });
  }
}

function hasHeard({ status }: GatewaySubscription, wanted: Wanted): boolean {
  return isOver(status) || (wanted === 'paused') === (status === 'paused');
}
