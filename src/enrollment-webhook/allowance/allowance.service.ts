import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { type Page, pageOf, parsePage } from '../../common/page';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { type AllowanceRecord, AllowanceRepository } from './allowance.repository';
import type { AllowanceQuery } from './dto/allowance.request';
import { allowanceNotOpen } from '../enrollment-webhook.errors';

/** Mailboxes that may enter a course once they are proven. */
@Injectable()
export class AllowanceService {
  constructor(
    private readonly allowances: AllowanceRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async find(query: AllowanceQuery, url: URL): Promise<Page<AllowanceRecord>> {
    const page = parsePage(query);
    const [allowances, count] = await this.allowances.find({ email: query.email, courseKey: query.course_id }, page);
    return pageOf(allowances, count, page, url);
  }

  async get(id: number): Promise<AllowanceRecord> {
    const allowance = await this.allowances.byId(id);
    if (allowance === undefined) throw notFound();
    return allowance;
  }

  /** Once claimed it is an enrolment, which is ended and not revoked. */
  async revoke(id: number, actorId: number, reason: string): Promise<AllowanceRecord> {
    await this.get(id);
    // A claim under way may lock the row the other way round; in a unit of work the loser of that tries again.
    const revoked = await this.unitOfWork.run(() => this.allowances.revoke(id, actorId, reason, this.clock.now()));
    if (!revoked) throw allowanceNotOpen();
    return this.get(id);
  }
}
