import { Injectable } from '@nestjs/common';
import { AccountService } from '../../auth/account/account.service';
import { Clock } from '../../common/clock';
import { DomainError, type FieldErrors, invalid, notFound } from '../../common/domain-error';
import { type Page, pageOf, parsePage } from '../../common/page';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { type AllowanceRecord, AllowanceRepository } from '../allowance/allowance.repository';
import type { EnrolmentChangeRequest, EnrolmentQuery, EnrolmentRequest } from './dto/enrolment.request';
import type { LockedEnrolment } from './enrolment.repository';
import { EnrolmentService, type GrantTerms } from './enrolment.service';
import { type AdminChange, BY_ADMIN, changed, type EnrolmentState, statusAt } from './enrolment.state';
import { type EnrolmentRecord, EnrolmentViewRepository } from './enrolment-view.repository';
import { EnrolmentWriter } from './enrolment.writer';
import type { GrantResult } from './learner.rules';
import { alreadyEnrolled, enrolmentSuspended, moveForbidden } from '../enrollment-webhook.errors';

export type AdminGrant = { readonly enrolment: EnrolmentRecord } | { readonly allowance: AllowanceRecord };

const NOT_PROVEN = 'Nobody has proven this mailbox yet: give it once there is an enrolment.';

const REFUSALS: { readonly [R in GrantResult]?: () => DomainError } = {
  unchanged: alreadyEnrolled,
  suspended: enrolmentSuspended,
};

/** What administrators do with enrolments. */
@Injectable()
export class EnrolmentAdminService {
  constructor(
    private readonly view: EnrolmentViewRepository,
    private readonly enrolments: EnrolmentService,
    private readonly writer: EnrolmentWriter,
    private readonly accounts: AccountService,
    private readonly allowances: AllowanceRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async find(query: EnrolmentQuery, url: URL): Promise<Page<EnrolmentRecord>> {
    const page = parsePage(query);
    const { email, course_id: courseKey, status } = query;
    const [records, count] = await this.view.find({ email, courseKey, status }, page);
    const now = this.clock.now();
    return pageOf(
      records.map((record) => current(record, now)),
      count,
      page,
      url,
    );
  }

  async get(id: number): Promise<EnrolmentRecord> {
    const record = await this.view.byId(id);
    if (record === undefined) throw notFound();
    return current(record, this.clock.now());
  }

  /** Enrols an account whether its mailbox is proven or not; a mailbox as the webhook does. */
  async grant(request: EnrolmentRequest, actorId: number): Promise<AdminGrant> {
    const email = await this.mailboxOf(request);
    const enrolmentId = await this.unitOfWork.run(() => this.write(email, request, actorId));
    if (enrolmentId !== null) return { enrolment: await this.get(enrolmentId) };
    const allowance = await this.allowances.byMailbox(email, request.course_id);
    if (allowance === undefined) throw notFound();
    return { allowance };
  }

  async change(id: number, request: EnrolmentChangeRequest, actorId: number): Promise<EnrolmentRecord> {
    await this.unitOfWork.run(async () => {
      await this.get(id);
      const { status, mode, expires_at: expiresAt, reason } = request;
      await this.apply(id, { status, mode, expiresAt }, { actorId, reason });
    });
    return this.get(id);
  }

  private async write(email: string, request: EnrolmentRequest, actorId: number): Promise<number | null> {
    const { account, course_id: courseKey, mode, expires_at: expiresAt, reason } = request;
    const terms = { mode, expiresAt, reason, actorId };
    const view = await this.enrolments.look(email, [courseKey], BY_ADMIN);
    if (view.courses.length === 0) throw invalid({ course_id: ['This course does not exist.'] });
    const grant = await (account === undefined
      ? this.enrolments.grant(view, terms)
      : this.enrolments.enrol(view, terms));
    const [granted] = grant.results;
    const refusal = granted && REFUSALS[granted.result];
    if (refusal !== undefined) throw refusal();
    if (granted?.result === 'allowed') expectNoTerms(request);
    const enrolmentId = granted?.enrolmentId ?? null;
    if (enrolmentId !== null && granted?.result !== 'enrolled')
      await this.apply(enrolmentId, { mode, expiresAt }, terms);
    return enrolmentId;
  }

  private async apply(id: number, change: AdminChange, { actorId, reason }: GrantTerms): Promise<void> {
    const now = this.clock.now();
    const cause = { ...BY_ADMIN, actorId: actorId ?? null, reason: reason ?? null };
    const next = (before: LockedEnrolment): EnrolmentState => {
      const after = changed(before, change, BY_ADMIN, now);
      // The account is closed: there is nobody to let in.
      if (before.accountId === null && after.status !== 'ended') throw moveForbidden(before.status, after.status);
      return after;
    };
    await this.writer.change([id], next, cause);
  }

  private async mailboxOf({ email, account: id }: EnrolmentRequest): Promise<string> {
    if ((email === undefined) === (id === undefined)) {
      throw invalid({ non_field_errors: ['Give either email or account.'] });
    }
    if (id === undefined) return email ?? '';
    const account = await this.accounts.findById(id);
    if (account === undefined) throw invalid({ account: [`Account ${id} does not exist.`] });
    return account.email;
  }
}

/** An allowance keeps neither: who was promised a date would stay for ever. */
function expectNoTerms({ mode, expires_at: expiresAt }: EnrolmentRequest): void {
  const faults: FieldErrors = {
    ...(mode !== undefined && { mode: [NOT_PROVEN] }),
    ...(expiresAt instanceof Date && { expires_at: [NOT_PROVEN] }),
  };
  if (Object.keys(faults).length > 0) throw invalid(faults);
}

function current(record: EnrolmentRecord, now: Date): EnrolmentRecord {
  return { ...record, status: statusAt(record.status, record.expiresAt, now) };
}
