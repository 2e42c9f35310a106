import { ApiProperty } from '@nestjs/swagger';
import type { CompRecord } from '../comp.repository';

const INSTANT = { type: String, format: 'date-time', nullable: true, example: null } as const;

/** A membership that an administrator gave. */
export class CompResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({ type: 'integer', example: 7 })
  account: number;

  @ApiProperty({ type: 'integer', example: 3 })
  tier: number;

  @ApiProperty({ enum: ['comp'], example: 'comp' })
  kind: 'comp';

  @ApiProperty({ example: 'Press' })
  reason: string;

  @ApiProperty(INSTANT)
  ends_at: string | null;

  @ApiProperty({ type: 'integer', description: 'An account.', example: 1 })
  granted_by: number;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty(INSTANT)
  ended_at: string | null;

  static of(this: void, comp: CompRecord): CompResponse {
    return {
      id: comp.id,
      account: comp.accountId,
      tier: comp.tierId,
      kind: 'comp',
      reason: comp.reason,
      ends_at: comp.endsAt?.toISOString() ?? null,
      granted_by: comp.grantedBy,
      created_at: comp.createdAt.toISOString(),
      ended_at: comp.endedAt?.toISOString() ?? null,
    };
  }
}
