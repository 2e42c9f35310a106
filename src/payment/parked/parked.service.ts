import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { invalid, notFound } from '../../common/domain-error';
import { type Page, pageOf, parsePage } from '../../common/page';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { hasMoney } from '../apply/match.rules';
import { PayeeService } from '../apply/payee.service';
import { PaymentEffects } from '../apply/payment.effects';
import { SubjectFinder } from '../apply/subject.finder';
import { noSuch, parkedAssigned, parkedGone } from '../payment.errors';
import { PaymentRepository } from '../payment/payment.repository';
import type { AssignRequest, ParkedQuery } from './dto/parked.request';
import { type ParkedRecord, ParkedRepository } from './parked.repository';

/** Money that matches nothing of ours, and what administrators do about it. */
@Injectable()
export class ParkedService {
  constructor(
    private readonly parked: ParkedRepository,
    private readonly payments: PaymentRepository,
    private readonly subjects: SubjectFinder,
    private readonly payees: PayeeService,
    private readonly effects: PaymentEffects,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async find({ state, ...query }: ParkedQuery, url: URL): Promise<Page<ParkedRecord>> {
    const page = parsePage(query);
    const [records, count] = await this.parked.find(state, page);
    return pageOf(records, count, page, url);
  }

  /** Repeatable. What is only authorised becomes the account's when it is captured, which is not done here. */
  async assign(paymentId: number, request: AssignRequest, assignedBy: number): Promise<ParkedRecord> {
    await this.unitOfWork.run(() => this.give(paymentId, request, assignedBy));
    const record = await this.parked.byId(paymentId);
    if (record === undefined) throw notFound();
    return record;
  }

  private async give(paymentId: number, { account, reason }: AssignRequest, assignedBy: number): Promise<void> {
    const found = await this.payments.byId(paymentId);
    const subject = found && (await this.subjects.known(found));
    const before = await this.payments.lock(paymentId);
    const state = await this.parked.stateOf(paymentId);
    if (before === undefined || state === undefined) throw notFound();
    if (state.assignedTo === account) return;
    await this.validate(account);
    if (state.assignedTo !== null) throw parkedAssigned();
    if (!hasMoney(before) || before.status === 'refunded') throw parkedGone();
    const now = this.clock.now();
    const after = { ...before, payeeId: account, parked: null };
    await this.payments.store(after, now);
    await this.parked.assign(paymentId, {
      assignedTo: account,
      assignedBy,
      assignedReason: reason,
      assignedAt: now,
    });
    const refunds = await this.effects.refundsBefore(before, after);
    await this.effects.follow(before, after, refunds, before.purpose === null ? undefined : subject);
  }

  private async validate(account: number): Promise<void> {
    const isCreator = await this.payees.holdCreator(account);
    if (isCreator === undefined) throw invalid({ account: [noSuch(account)] });
    if (!isCreator) throw invalid({ account: ['This account is no creator.'] });
  }
}
