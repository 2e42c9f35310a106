import { ApiProperty } from '@nestjs/swagger';
import type { SessionRow } from '../auth-session.repository';

export class SessionResponse {
  @ApiProperty({ example: 42 })
  id: number;

  @ApiProperty({ enum: ['jwt', 'key'], description: '`key`: a login key of rest-auth.', example: 'jwt' })
  kind: 'jwt' | 'key';

  @ApiProperty({ description: 'Whether it is the one this request was made with.', example: true })
  current: boolean;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  created_at: string;

  @ApiProperty({ format: 'date-time', description: 'To a quarter of an hour.', example: '2026-03-01T09:45:00.000Z' })
  last_used_at: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-15T09:45:00.000Z' })
  expires_at: string;

  @ApiProperty({ description: 'Where it began.', example: '203.0.113.7' })
  ip: string;

  @ApiProperty({ example: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' })
  user_agent: string;
}

export function sessionResponse(row: SessionRow, currentId: number): SessionResponse {
  return {
    id: row.id,
    kind: row.kind,
    current: row.id === currentId,
    created_at: row.created_at.toISOString(),
    last_used_at: row.last_used_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    ip: row.ip,
    user_agent: row.user_agent,
  };
}
