import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { DomainError, notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { CONFIRMED_LATER, toldOf } from '../gateway-faults';
import { PaymentGateway } from '../gateway/payment-gateway';
import type { Intent } from '../order/order.service';
import type { Wanted } from './mandate.entity';
import { mandateRefused } from './mandate.errors';
import { MandatePublisher } from './mandate-publisher';
import { MandateRepository, type MandateRow } from './mandate.repository';
import { isOver } from './mandate.state';
import { MandateSync } from './mandate-sync';
import { MandateTeller } from './mandate-teller';
import { isEnd, wantedAfter } from './wanted.rules';

export interface MandateIntent extends Intent {
  /** The consumer's name of the price, up to 64 characters: one key is one price for ever. */
  readonly planKey: string;
  readonly planName: string;
  /** How often it is charged, monthly. */
  readonly totalCount: number;
  /** Of the first charge; at once, where absent. */
  readonly startAt?: Date;
}

/** What a checkout page needs. */
export interface MandateCheckout {
  readonly mandateId: number;
  readonly gatewayId: string;
  readonly publicKey: string;
  /** The gateway's own page. */
  readonly shortUrl: string | null;
}

const LONGEST_NAME = 255;

/** What is charged every month, as long as its payer wants. */
@Injectable()
export class MandateService {
  constructor(
    private readonly mandates: MandateRepository,
    private readonly publisher: MandatePublisher,
    private readonly teller: MandateTeller,
    private readonly syncs: MandateSync,
    private readonly gateway: PaymentGateway,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Gives its id. Joins the running unit of work; the gateway hears of it by `publish`. */
  draft(intent: MandateIntent): Promise<number> {
    return this.unitOfWork.run(() => {
      const { purpose, reference, payerId, payeeId, amount, currency, planKey, planName, totalCount, startAt } = intent;
      const now = this.clock.now();
      return this.mandates.add({
        ...{ purpose, reference, payerId, payeeId, amount, currency, planKey, totalCount },
        planName: planName.slice(0, LONGEST_NAME),
        startAt: startAt ?? null,
        ...{ gatewayId: null, planId: null, status: 'created', paidCount: 0, shortUrl: null },
        ...{ currentStart: null, currentEnd: null, chargeAt: null, endedAt: null, snapshotAt: null },
        ...{ hasScheduledChanges: false, endsAtCycle: false, wanted: null },
        ...{ nextPlanKey: null, nextPlanName: null, nextAmount: null },
        createdAt: now,
        updatedAt: now,
      });
    });
  }

  /**
   * Makes it at the gateway, outside of any unit of work; repeatable, also after a crash: there is one. 404 for an unknown
   * one, 409 where it has ended, DomainError `unavailable` while the gateway can't be reached.
   */
  async publish(mandateId: number): Promise<MandateCheckout> {
    const { gatewayId, shortUrl } = await this.publisher.publish(mandateId);
    if (gatewayId === null) throw new Error(`Mandate ${mandateId} was made at the gateway, and lost`);
    return { mandateId, gatewayId, publicKey: this.gateway.publicKey, shortUrl };
  }

  /** Nothing more is charged: at once, or after what is paid. In a unit of work; `carryOut` tells the gateway. */
  wantCancel(mandateId: number, { atCycleEnd }: { readonly atCycleEnd: boolean }): Promise<void> {
    return this.want(mandateId, atCycleEnd ? 'cancelled_at_end' : 'cancelled');
  }

  wantPause(mandateId: number): Promise<void> {
    return this.want(mandateId, 'paused');
  }

  wantResume(mandateId: number): Promise<void> {
    return this.want(mandateId, 'resumed');
  }

  /**
   * Tells the gateway what is wanted, outside of any unit of work. False: it can't be told at the moment, and is later.
   * Throws `mandate_refused` (409) where the gateway does not pause or resume this one.
   */
  carryOut(mandateId: number): Promise<boolean> {
    return this.teller.tell(mandateId);
  }

  /** Tells the gateway what it has not heard since `before`, up to a number; gives how many are done. */
  async carryOutAll(before: Date, limit: number): Promise<number> {
    let done = 0;
    for (const { id } of await this.mandates.wanted(before, limit)) if (await this.toldOrRefused(id)) done++;
    return done;
  }

  /** Asks the gateway how it stands. Outside of any unit of work; DomainError `unavailable` while it can't be reached. */
  async sync(mandateId: number): Promise<void> {
    const mandate = await this.get(mandateId);
    try {
      await this.syncs.sync(mandate);
    } catch (error) {
      throw toldOf(error, CONFIRMED_LATER);
    }
  }

  /** 404 for an unknown one. */
  async get(mandateId: number): Promise<MandateRow> {
    const mandate = await this.mandates.byId(mandateId);
    if (mandate === undefined) throw notFound();
    return mandate;
  }

  byGatewayId(gatewayId: string): Promise<MandateRow | undefined> {
    return this.mandates.byGatewayId(gatewayId);
  }

  /** What is refused is wanted no more. */
  private async toldOrRefused(mandateId: number): Promise<boolean> {
    try {
      return await this.teller.tell(mandateId);
    } catch (error) {
      if (error instanceof DomainError) return true;
      throw error;
    }
  }

  private want(mandateId: number, asked: Wanted): Promise<void> {
    return this.unitOfWork.run(async () => {
      const mandate = await this.mandates.lock(mandateId);
      if (mandate === undefined) throw notFound();
      if (isOver(mandate.status)) return;
      if (asked === 'paused' && mandate.nextPlanKey !== null) throw mandateRefused('Another price is to come');
      const wanted = wantedAfter(mandate.wanted, asked);
      const endsAtCycle = mandate.endsAtCycle || wanted === 'cancelled_at_end';
      // Before the gateway has the mandate, `updatedAt` says whether it was asked to make it.
      const updatedAt = mandate.gatewayId === null ? mandate.updatedAt : this.clock.now();
      // What is to end is neither paused nor resumed.
      if (mandate.endsAtCycle && !isEnd(asked)) return;
      await this.mandates.change(mandateId, { wanted, endsAtCycle, updatedAt });
    });
  }
}
