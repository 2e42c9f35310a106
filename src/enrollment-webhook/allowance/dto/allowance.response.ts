import { ApiProperty } from '@nestjs/swagger';
import type { AllowanceRecord } from '../allowance.repository';

export type AllowanceStatus = 'open' | 'claimed' | 'revoked';

const INSTANT = { type: String, format: 'date-time', nullable: true, example: null } as const;

export class AllowanceResponse {
  @ApiProperty({ type: 'integer', example: 3 })
  id: number;

  @ApiProperty({ example: 'test@example.com', description: 'As sent.' })
  email: string;

  @ApiProperty({ example: 'course-v1:edX+DemoX+Demo_Course' })
  course_id: string;

  @ApiProperty({ example: 'Demonstration Course' })
  display_name: string;

  @ApiProperty({ enum: ['open', 'claimed', 'revoked'], example: 'open' })
  status: AllowanceStatus;

  @ApiProperty({ description: 'Who allowed it.', example: 'webhook:lernito' })
  source: string;

  @ApiProperty({ type: String, format: 'date-time' })
  granted_at: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The account.', example: null })
  claimed_by: number | null;

  @ApiProperty(INSTANT)
  claimed_at: string | null;

  @ApiProperty(INSTANT)
  revoked_at: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The account of the administrator.', example: null })
  revoked_by: number | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  revoke_reason: string | null;

  static of(this: void, allowance: AllowanceRecord): AllowanceResponse {
    return {
      id: allowance.id,
      email: allowance.email,
      course_id: allowance.courseKey,
      display_name: allowance.displayName,
      status: statusOf(allowance),
      source: `${allowance.kind}:${allowance.reference}`,
      granted_at: allowance.grantedAt.toISOString(),
      claimed_by: allowance.claimedBy,
      claimed_at: allowance.claimedAt?.toISOString() ?? null,
      revoked_at: allowance.revokedAt?.toISOString() ?? null,
      revoked_by: allowance.revokedBy,
      revoke_reason: allowance.revokeReason,
    };
  }
}

function statusOf({ claimedBy, revokedAt }: AllowanceRecord): AllowanceStatus {
  if (claimedBy !== null) return 'claimed';
  return revokedAt === null ? 'open' : 'revoked';
}
