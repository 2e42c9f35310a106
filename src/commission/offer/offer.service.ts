import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { forbidden, invalid, notFound } from '../../common/domain-error';
import { sortedPrices } from '../../common/price';
import { MediaUseService } from '../../content/media/media-use.service';
import { isStillReferenced } from '../../infra/database/database-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { requireMatch } from '../../infra/http/etag';
import { invalidPk } from '../../infra/http/fields/pk.field';
import { Waitlist } from '../order/waitlist';
import type { OfferChangeRequest, OfferRequest } from './dto/offer.request';
import type { CommissionOffer } from './commission-offer.entity';
import { OFFER_HOLDER, type OfferRecord, OfferRepository } from './offer.repository';
import { deliveryModes, offerFaults } from './offer.rules';

/** That a creator has at once, not counting archived ones. */
export const MOST_OFFERS = 50;

/** What creators do for money. What was ordered stays as it was agreed. */
@Injectable()
export class OfferService {
  constructor(
    private readonly offers: OfferRepository,
    private readonly waitlist: Waitlist,
    private readonly media: MediaUseService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Gives its id. 403 for who is no creator. */
  create(creatorId: number, request: OfferRequest): Promise<number> {
    return this.unitOfWork.run(async () => {
      if (!(await this.offers.holdCreator(creatorId))) throw forbidden();
      await this.expectRoom(creatorId);
      expectPossible(request, 0);
      const now = this.clock.now();
      const blank = { description: '', terms: '', slots: null, deliveryModes: '[]', prices: '[]' };
      const dates = { createdAt: now, updatedAt: now };
      const id = await this.offers.add({ creatorId, ...blank, title: request.title, ...columnsOf(request), ...dates });
      await this.show(id, creatorId, request.samples);
      return id;
    });
  }

  /** Absent fields stay as they are. `ifMatch` is the request's header: 412 where it names another version. */
  async change(accountId: number, id: number, request: OfferChangeRequest, ifMatch: string | undefined): Promise<void> {
    await this.requireOwn(accountId, id);
    await this.unitOfWork.run(async () => {
      // The account before the offer, in one order everywhere.
      if (request.archived === false) await this.offers.holdCreator(accountId);
      const before = await this.lock(id, ifMatch);
      if (request.archived === false && before.archivedAt !== null) await this.expectRoom(accountId);
      await this.write(before, request);
    });
  }

  /** Of an offer that was ordered the row stays, archived. */
  async remove(accountId: number, id: number, ifMatch: string | undefined): Promise<void> {
    await this.requireOwn(accountId, id);
    try {
      await this.unitOfWork.run(async () => {
        await this.lock(id, ifMatch);
        await this.media.release({ kind: OFFER_HOLDER, id });
        await this.offers.remove(id);
      });
    } catch (error) {
      if (!isStillReferenced(error)) throw error;
      await this.unitOfWork.run(async () => this.write(await this.lock(id, ifMatch), { archived: true }));
    }
  }

  /** Of an account that is gone: nobody orders it any more, and its files go. Repeatable. */
  async archiveAllOf(creatorId: number): Promise<void> {
    for (const id of await this.offers.idsOf(creatorId)) {
      await this.unitOfWork.run(async () => this.write(await this.lock(id, undefined), { archived: true }));
    }
    for (const id of await this.offers.showingOf(creatorId)) await this.media.release({ kind: OFFER_HOLDER, id });
  }

  private async requireOwn(accountId: number, id: number): Promise<void> {
    const offer = await this.offers.byId(id);
    if (offer === undefined || (offer.archivedAt !== null && offer.creatorId !== accountId)) throw notFound();
    if (offer.creatorId !== accountId) throw forbidden();
  }

  private async lock(id: number, ifMatch: string | undefined): Promise<OfferRecord> {
    const offer = await this.offers.lock(id);
    if (offer === undefined) throw notFound();
    requireMatch(ifMatch, offer.version);
    return offer;
  }

  /** For one more, while the creator is held. */
  private async expectRoom(creatorId: number): Promise<void> {
    if ((await this.offers.liveOf(creatorId)) < MOST_OFFERS) return;
    throw invalid({ non_field_errors: [`You have ${MOST_OFFERS} offers already: archive one of them first.`] });
  }

  private async write(before: OfferRecord, request: OfferChangeRequest): Promise<void> {
    expectPossible(request, before.taken);
    const { id, creatorId } = before;
    const now = this.clock.now();
    const archivedAt = request.archived ? (before.archivedAt ?? now) : null;
    await this.offers.change(id, {
      ...columnsOf(request),
      ...(request.archived !== undefined && { archivedAt }),
      version: before.version + 1,
      updatedAt: now,
    });
    await this.show(id, creatorId, request.samples);
    if (request.archived === true) await this.waitlist.dissolve(id);
    else await this.waitlist.advance(id);
  }

  private async show(id: number, creatorId: number, samples: readonly number[] | undefined): Promise<void> {
    if (samples === undefined) return;
    const [unknown] = await this.media.show({ kind: OFFER_HOLDER, id }, creatorId, samples);
    if (unknown !== undefined) throw invalid({ samples: [invalidPk(unknown)] });
  }
}

function expectPossible(request: OfferChangeRequest, taken: number): void {
  const faults = offerFaults(request, taken);
  if (Object.keys(faults).length > 0) throw invalid(faults);
}

function columnsOf(request: OfferChangeRequest): Partial<CommissionOffer> {
  const { title, description, prices, delivery_modes: modes, slots, terms } = request;
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(prices !== undefined && { prices: JSON.stringify(sortedPrices(prices)) }),
    ...(modes !== undefined && { deliveryModes: JSON.stringify(deliveryModes(modes)) }),
    ...(slots !== undefined && { slots }),
    ...(terms !== undefined && { terms }),
  };
}
