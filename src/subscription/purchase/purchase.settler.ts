import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infra/database/unit-of-work';
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
    private readonly unitOfWork: UnitOfWork,
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
}
