import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MandateService } from '../../payment/mandate/mandate.service';
import { MembershipRepository } from '../membership/membership.repository';
import { PurchaseStanding } from './purchase-standing.service';
import { PurchaseWriter } from './purchase.writer';
import { SubscriptionRepository, type SubscriptionRow } from './subscription.repository';

/** Brings purchases in line with what the gateway has told, whoever asks for it and however often. */
@Injectable()
export class PurchaseSettler {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly memberships: MembershipRepository,
    private readonly standing: PurchaseStanding,
    private readonly writer: PurchaseWriter,
    private readonly mandates: MandateService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Undefined where there is none. */
  async settle(id: number): Promise<SubscriptionRow | undefined> {
    return this.change(id, (row) => Promise.resolve(row));
  }

  /** Inside a unit of work, with the tier and the purchase held: `decide` may say what has changed on our side. */
  async change(
    id: number,
    decide: (row: SubscriptionRow) => Promise<SubscriptionRow>,
  ): Promise<SubscriptionRow | undefined> {
    return this.unitOfWork.run(async () => {
      const known = await this.subscriptions.byId(id);
      if (known === undefined) return undefined;
      await this.memberships.lockTier(known.tierId);
      const row = await this.subscriptions.lock(id);
      return row && this.bring(await decide(row));
    });
  }

  /** Of a purchase that is held. */
  async bring(row: SubscriptionRow): Promise<SubscriptionRow> {
    return this.writer.write(row, await this.standing.of(row));
  }

  /**
   * Of one that is held and makes room for another: what is paid on it after all is paid back. The gateway is told
   * later.
   */
  async retire(row: SubscriptionRow): Promise<SubscriptionRow> {
    const now = this.clock.now();
    if (row.mandateId !== null) await this.mandates.wantCancel(row.mandateId, { atCycleEnd: false });
    return this.bring({ ...row, status: 'expired', reason: 'expired', endedAt: now, accessUntil: null });
  }
}
