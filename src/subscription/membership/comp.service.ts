import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { type FieldErrors, invalid, notFound } from '../../common/domain-error';
import { type Page, pageOf, parsePage } from '../../common/page';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { compExists, noSuch } from '../subscription.errors';
import { type CompRecord, CompRepository } from './comp.repository';
import type { CompQuery, CompRequest } from './dto/comp.request';
import { MembershipRepository } from './membership.repository';
import { MembershipService } from './membership.service';

/** The only one of its kind in a membership: so no tier is given twice. */
const REFERENCE = '-';

/** Memberships that an administrator gives. */
@Injectable()
export class CompService {
  constructor(
    private readonly comps: CompRepository,
    private readonly memberships: MembershipRepository,
    private readonly service: MembershipService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async create(request: CompRequest, grantedBy: number): Promise<CompRecord> {
    const id = await this.unitOfWork.run(async () => {
      await this.validate(request);
      const { account: accountId, tier: tierId, reason, ends_at: endsAt = null } = request;
      const source = { kind: 'comp', reference: REFERENCE, endsAt, reason, grantedBy } as const;
      const { sourceId, isNew } = await this.service.grant({ accountId, tierId, ...source });
      // Thrown inside, so that the one that is there keeps its end.
      if (!isNew) throw compExists();
      return sourceId;
    });
    return this.get(id);
  }

  async find({ account, tier, live, ...query }: CompQuery, url: URL): Promise<Page<CompRecord>> {
    const page = parsePage(query);
    const [comps, count] = await this.comps.find({ account, tier, live }, this.clock.now(), page);
    return pageOf(comps, count, page, url);
  }

  async get(id: number): Promise<CompRecord> {
    const comp = await this.comps.byId(id);
    if (comp === undefined) throw notFound();
    return comp;
  }

  /** Repeatable. */
  async end(id: number): Promise<void> {
    await this.get(id);
    await this.service.releaseSource(id);
  }

  /** Account and tier stay as they are found until the transaction ends. */
  private async validate({ account, tier: tierId, ends_at: endsAt = null }: CompRequest): Promise<void> {
    const faults: FieldErrors = {};
    if (!(await this.memberships.holdAccount(account))) faults['account'] = [noSuch(account)];
    const tier = await this.memberships.lockTier(tierId);
    if (tier === undefined) faults['tier'] = [noSuch(tierId)];
    else if (tier.isPublic) faults['tier'] = ['This tier is free: there is nothing to give.'];
    else if (tier.archivedAt !== null) faults['tier'] = ['This tier is archived.'];
    if (endsAt !== null && endsAt.getTime() <= this.clock.now().getTime()) {
      faults['ends_at'] = ['This must lie in the future.'];
    }
    if (Object.keys(faults).length > 0) throw invalid(faults);
  }
}
