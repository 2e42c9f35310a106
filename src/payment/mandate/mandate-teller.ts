import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { ApplyService } from '../apply/apply.service';
import { attemptAt } from '../checkout/attempt.rules';
import { GatewayError } from '../gateway/gateway-error';
import { MandateAsker, type Published } from './mandate-asker';
import type { Wanted } from './mandate.entity';
import { mandateRefused } from './mandate.errors';
import { MandateFacts } from './mandate-facts';
import { MandatePublisher } from './mandate-publisher';
import { MandateRepository, type MandateRow } from './mandate.repository';
import { asOfAnswer } from './mandate.state';
import { isEnd, isPlan } from './wanted.rules';

/** Tells the gateway what is wanted of mandates. Outside of any unit of work. */
@Injectable()
export class MandateTeller {
  private readonly logger = new Logger(MandateTeller.name);

  constructor(
    private readonly mandates: MandateRepository,
    private readonly publisher: MandatePublisher,
    private readonly asker: MandateAsker,
    private readonly facts: MandateFacts,
    private readonly applier: ApplyService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * True where there is nothing left to tell. False: it stays wanted, and is told later. Throws `mandate_refused` where
   * the gateway does not pause or resume this one, or charge another price: that is not wanted any more.
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
    const { told, isDone } = await this.asker.ask(mandate, wanted);
    await this.unitOfWork.run(async () => {
      await this.applier.mandate(told, asOfAnswer(asked, mandate.snapshotAt));
      if (isDone || !isEnd(wanted)) await this.forget(mandate, wanted, isDone);
      else await this.mandates.change(mandate.id, { updatedAt: this.clock.now() });
    });
    if (!isDone && !isEnd(wanted)) throw mandateRefused(`It is ${told.status}`);
    return isDone;
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

  /** Unless something else is wanted by now. A price that is refused is not to come any more. */
  private async forget({ id, nextPlanKey }: Published, told: Wanted, isDone: boolean): Promise<void> {
    const held = await this.mandates.lock(id);
    if (held?.wanted !== told || held.nextPlanKey !== nextPlanKey) return;
    const isRefused = isPlan(told) && !isDone;
    const next = isRefused ? { nextPlanKey: null, nextPlanName: null, nextAmount: null } : {};
    await this.mandates.change(id, { wanted: null, ...next, updatedAt: this.clock.now() });
    if (isRefused) await this.facts.changed(held);
  }
}
