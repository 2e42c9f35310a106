import { ApiProperty } from '@nestjs/swagger';
import type { EnrolmentRecord, HistoryEntry } from '../enrolment-view.repository';
import { type ChangeKind, ENROLMENT_STATUSES, type EnrolmentSnapshot, type EnrolmentStatus } from '../enrolment.state';
import { OwnEnrolmentResponse } from './own-enrolment.response';

export class EnrolmentStateResponse {
  @ApiProperty({ enum: ENROLMENT_STATUSES, example: 'active' })
  status: EnrolmentStatus;

  @ApiProperty({ example: 'audit' })
  mode: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  expires_at: string | null;

  @ApiProperty({ type: String, isArray: true, description: 'What held it.', example: ['webhook:lernito'] })
  sources: string[];
}

export class EnrolmentHistoryResponse {
  @ApiProperty({ type: String, format: 'date-time' })
  at: string;

  @ApiProperty({ enum: ['webhook', 'admin', 'membership', 'expiry', 'account-closed'], example: 'webhook' })
  source: ChangeKind;

  @ApiProperty({ type: String, nullable: true, example: 'lernito' })
  reference: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The account of the administrator.', example: null })
  actor: number | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  reason: string | null;

  @ApiProperty({ type: EnrolmentStateResponse, nullable: true, description: 'Null where it began.' })
  before: EnrolmentSnapshot | null;

  @ApiProperty({ type: EnrolmentStateResponse })
  after: EnrolmentSnapshot;

  static of(this: void, entry: HistoryEntry): EnrolmentHistoryResponse {
    const { changedAt, source, reference, actorId, reason, before, after } = entry;
    return { at: changedAt.toISOString(), source, reference, actor: actorId, reason, before, after };
  }
}

export class EnrolmentAccountResponse {
  @ApiProperty({ type: 'integer', example: 7 })
  id: number;

  @ApiProperty({ type: String, nullable: true, example: 'testuser' })
  username: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'test@example.com' })
  email: string | null;
}

export class EnrolmentSourceResponse {
  @ApiProperty({ enum: ['webhook', 'admin', 'membership'], example: 'webhook' })
  kind: string;

  @ApiProperty({ example: 'lernito' })
  reference: string;
}

export class EnrolmentResponse extends OwnEnrolmentResponse {
  @ApiProperty({ type: EnrolmentAccountResponse, nullable: true, description: 'Null once the account is closed.' })
  account: EnrolmentAccountResponse | null;

  @ApiProperty({ type: EnrolmentSourceResponse, isArray: true, description: 'It lasts while any of them holds it.' })
  sources: EnrolmentSourceResponse[];

  @ApiProperty({ type: EnrolmentHistoryResponse, isArray: true, description: 'Oldest first.' })
  history: EnrolmentHistoryResponse[];

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updated_at: string;

  static ofRecord(this: void, record: EnrolmentRecord): EnrolmentResponse {
    const { accountId, username, email } = record;
    return {
      ...OwnEnrolmentResponse.of(record),
      account: accountId === null ? null : { id: accountId, username, email },
      sources: record.sources.map(({ kind, reference }) => ({ kind, reference })),
      history: record.history.map(EnrolmentHistoryResponse.of),
      created_at: record.createdAt.toISOString(),
      updated_at: record.updatedAt.toISOString(),
    };
  }
}
