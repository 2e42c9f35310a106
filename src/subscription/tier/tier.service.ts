import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Principal } from '../../common/current-user';
import { type FieldErrors, forbidden, invalid, notFound } from '../../common/domain-error';
import { invalidPage, offsetOf, type Page, pageOf, type PageRequest, parsePage } from '../../common/page';
import { isStillReferenced } from '../../infra/database/database-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { requireMatch } from '../../infra/http/etag';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { TierCoursesChanged } from '../events/tier-courses-changed.event';
import { CourseSales } from './course-sales.service';
import type { TierChangeRequest, TierQuery, TierRequest } from './dto/tier.request';
import type { Tier } from './tier.entity';
import { MOST_COUNTED, type TierRecord, TierRepository } from './tier.repository';
import { NO_PRICING, priceRank, priceSteps, type Pricing, pricingAfter, pricingFaults } from './tier.rules';

/** That a creator has at once, not counting archived ones. */
export const MOST_TIERS = 50;

/** What of a tier decides whether a request for it may be. */
type Judged = Pick<TierRecord, 'creatorId' | 'isPublic' | 'memberCount' | 'memberLimit' | 'courseIds'>;
const NOTHING_YET = { isPublic: false, memberCount: 0, memberLimit: null, courseIds: [] } as const;

/** What creators sell. */
@Injectable()
export class TierService {
  constructor(
    private readonly tiers: TierRepository,
    private readonly sales: CourseSales,
    private readonly outbox: OutboxService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async find(
    { creator, archived, ...query }: TierQuery,
    viewer: Principal | undefined,
    url: URL,
  ): Promise<Page<TierRecord>> {
    const page = parsePage(query);
    const [tiers, count] = await this.rows(creator, archived ?? false, viewer, page);
    return pageOf(tiers, count, page, url);
  }

  async get(id: number): Promise<TierRecord> {
    const tier = await this.tiers.byId(id);
    if (tier === undefined) throw notFound();
    return tier;
  }

  async create(creatorId: number, request: TierRequest): Promise<TierRecord> {
    return this.get(await this.unitOfWork.run(() => this.add(creatorId, request)));
  }

  /** Absent fields stay as they are. */
  async change(
    accountId: number,
    id: number,
    request: TierChangeRequest,
    ifMatch: string | undefined,
  ): Promise<TierRecord> {
    await this.requireOwn(accountId, id);
    await this.unitOfWork.run(async () => {
      // The account before the tier, in one order everywhere.
      if (request.archived === false) await this.tiers.holdCreator(accountId);
      const before = await this.lock(id, ifMatch);
      if (request.archived === false && before.archivedAt !== null) await this.expectRoom(accountId);
      await this.write(before, request);
    });
    return this.get(id);
  }

  /** Of a tier that anything names the row stays, archived. */
  async remove(accountId: number, id: number, ifMatch: string | undefined): Promise<void> {
    await this.requireOwn(accountId, id);
    try {
      await this.unitOfWork.run(async () => {
        await this.lock(id, ifMatch);
        await this.tiers.remove(id);
      });
    } catch (error) {
      if (!isStillReferenced(error)) throw error;
      await this.unitOfWork.run(async () => this.write(await this.lock(id, ifMatch), { archived: true }));
    }
  }

  /** Repeatable. */
  async archiveAllOf(creatorId: number): Promise<void> {
    await this.unitOfWork.run(() => this.tiers.archiveAll(creatorId, this.clock.now()));
  }

  private rows(
    creator: number | undefined,
    archived: boolean,
    viewer: Principal | undefined,
    page: PageRequest,
  ): Promise<[TierRecord[], number]> {
    // More are not counted, and to read up to there would be for nothing.
    if (creator === undefined && offsetOf(page) >= MOST_COUNTED) throw invalidPage();
    if (!archived) return creator === undefined ? this.tiers.all(page) : this.tiers.ofCreator(creator, page);
    if (viewer?.roles.includes('admin')) return this.tiers.archived(creator, page);
    // Others see their own.
    if (viewer === undefined || (creator ?? viewer.accountId) !== viewer.accountId) return Promise.resolve([[], 0]);
    return this.tiers.archived(viewer.accountId, page);
  }

  private async requireOwn(accountId: number, id: number): Promise<void> {
    if ((await this.get(id)).creatorId !== accountId) throw forbidden();
  }

  private async lock(id: number, ifMatch: string | undefined): Promise<TierRecord> {
    const tier = await this.tiers.lock(id);
    if (tier === undefined) throw notFound();
    requireMatch(ifMatch, tier.version);
    return tier;
  }

  private async add(creatorId: number, request: TierRequest): Promise<number> {
    if (!(await this.tiers.holdCreator(creatorId))) throw forbidden();
    await this.expectRoom(creatorId);
    const now = this.clock.now();
    const pricing = pricingAfter(NO_PRICING, request);
    const courseIds = await this.validated({ ...NOTHING_YET, creatorId }, request, pricing);
    const id = await this.tiers.add({
      creatorId,
      name: request.name,
      description: request.description ?? '',
      ...pricingColumns(pricing),
      memberLimit: request.member_limit ?? null,
      courseIds: JSON.stringify(courseIds ?? []),
      createdAt: now,
      updatedAt: now,
    });
    await this.tiers.addPrices(id, priceSteps([], pricing.prices).added, now);
    return id;
  }

  /** For one more, while the creator is held. */
  private async expectRoom(creatorId: number): Promise<void> {
    if ((await this.tiers.liveOf(creatorId)) < MOST_TIERS) return;
    throw invalid({ non_field_errors: [`You have ${MOST_TIERS} tiers already: archive one of them first.`] });
  }

  private async write(before: TierRecord, request: TierChangeRequest): Promise<void> {
    const now = this.clock.now();
    const pricing = pricingAfter(before, request);
    const courseIds = await this.validated(before, request, pricing);
    await this.tiers.change(before.id, {
      ...named(request),
      ...pricingColumns(pricing),
      ...(courseIds && { courseIds: JSON.stringify(courseIds) }),
      ...(request.archived !== undefined && { archivedAt: request.archived ? (before.archivedAt ?? now) : null }),
      version: before.version + 1,
      updatedAt: now,
    });
    const { replaced, added } = priceSteps(await this.tiers.prices(before.id), pricing.prices);
    await this.tiers.replacePrices(replaced, now);
    await this.tiers.addPrices(before.id, added, now);
    if (courseIds !== undefined && courseIds.join() !== before.courseIds.join()) {
      const { id: tier_id, creatorId: creator_id } = before;
      await this.outbox.publish(new TierCoursesChanged({ tier_id, creator_id, at: now.toISOString() }));
    }
  }

  /**
   * The courses' canonical keys, where the request names any; all faults of the request in one answer. What the tier names
   * already may stay, archived or another's by now: members would lose it.
   */
  private async validated(
    { creatorId, isPublic, memberCount, memberLimit, courseIds }: Judged,
    request: TierChangeRequest,
    pricing: Pricing,
  ): Promise<string[] | undefined> {
    const { course_ids: given, member_limit: limit = null } = request;
    // An administrator's comps may exceed the limit there is.
    const isLower = limit !== null && limit !== memberLimit && limit < memberCount;
    const sellable = given && (await this.sales.sellable(creatorId, given));
    const keys = given?.map((id, index) => sellable?.[index] ?? courseIds.find((known) => known === id));
    const foreign = given?.filter((_, index) => keys?.[index] === undefined) ?? [];
    const faults: FieldErrors = {
      ...pricingFaults(request, pricing),
      // Members of a free tier are nobody in particular: those there are would lose what is for members.
      ...(pricing.isPublic && !isPublic && memberCount > 0 && { is_public: ['This tier has members.'] }),
      ...(foreign.length > 0 && { course_ids: foreign.map((id) => `Course ${id} is not yours to sell.`) }),
      ...(isLower && { member_limit: [`This tier has ${memberCount} members already.`] }),
    };
    if (Object.keys(faults).length > 0) throw invalid(faults);
    return keys && [...new Set(keys.filter((key) => key !== undefined))];
  }
}

function pricingColumns(pricing: Pricing): Pick<Tier, 'prices' | 'priceRank' | 'isPublic'> {
  return { prices: JSON.stringify(pricing.prices), priceRank: priceRank(pricing), isPublic: pricing.isPublic };
}

function named(request: TierChangeRequest): Partial<Tier> {
  return {
    ...(request.name !== undefined && { name: request.name }),
    ...(request.description !== undefined && { description: request.description }),
    ...(request.member_limit !== undefined && { memberLimit: request.member_limit }),
  };
}
