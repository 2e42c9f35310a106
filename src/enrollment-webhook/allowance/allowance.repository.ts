import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { emailKey } from '../../common/normalise';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import type { SourceKind } from '../enrolment/enrolment.state';
import { Course } from '../entities/course.entity';
import { EnrolmentAllowance } from '../entities/enrolment-allowance.entity';

export interface AllowanceRecord {
  readonly id: number;
  readonly email: string;
  readonly courseKey: string;
  readonly displayName: string;
  readonly kind: SourceKind;
  readonly reference: string;
  readonly grantedAt: Date;
  readonly claimedBy: number | null;
  readonly claimedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly revokedBy: number | null;
  readonly revokeReason: string | null;
}

export interface AllowanceFilter {
  readonly email?: string;
  /** In canonical form. */
  readonly courseKey?: string;
}

const REVOKE = statement(
  'allowance.revoke',
  `update enrolment_allowance set revoked_at = $2, revoked_by = $3, revoke_reason = $4
    where id = $1 and claimed_by is null and revoked_at is null`,
);

/** Allowances as administrators read and revoke them. */
@Injectable()
export class AllowanceRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async find(filter: AllowanceFilter, page: PageRequest): Promise<[AllowanceRecord[], number]> {
    const rows = await this.select(filter)
      .orderBy('w.id', 'DESC')
      .offset(offsetOf(page))
      .limit(page.size)
      .getRawMany<AllowanceRecord>();
    return [rows, await this.select(filter).getCount()];
  }

  async byId(id: number): Promise<AllowanceRecord | undefined> {
    return this.select({}).andWhere('w.id = :id', { id }).getRawOne<AllowanceRecord>();
  }

  async byMailbox(email: string, courseKey: string): Promise<AllowanceRecord | undefined> {
    return this.select({ email, courseKey }).getRawOne<AllowanceRecord>();
  }

  /** False where it was claimed or revoked before. */
  async revoke(id: number, actorId: number, reason: string, now: Date): Promise<boolean> {
    return (await this.database.execute(REVOKE, [id, now, actorId, reason])).affected === 1;
  }

  private select({ email, courseKey }: AllowanceFilter): SelectQueryBuilder<EnrolmentAllowance> {
    const query = this.database.manager
      .createQueryBuilder(EnrolmentAllowance, 'w')
      .innerJoin(Course, 'c', 'c.id = w.course_id')
      .select('w.id', 'id')
      .addSelect('w.email', 'email')
      .addSelect('c.course_key', 'courseKey')
      .addSelect('c.display_name', 'displayName')
      .addSelect('w.kind', 'kind')
      .addSelect('w.reference', 'reference')
      .addSelect('w.granted_at', 'grantedAt')
      .addSelect('w.claimed_by', 'claimedBy')
      .addSelect('w.claimed_at', 'claimedAt')
      .addSelect('w.revoked_at', 'revokedAt')
      .addSelect('w.revoked_by', 'revokedBy')
      .addSelect('w.revoke_reason', 'revokeReason');
    if (email !== undefined) query.andWhere('w.email_key = :key', { key: emailKey(email) });
    if (courseKey !== undefined) query.andWhere('c.course_key = :courseKey', { courseKey });
    return query;
  }
}
