import { ApiProperty } from '@nestjs/swagger';
import type { Account } from '../account.entity';

export class SignUpResponse {
  @ApiProperty({ example: 17 })
  id: number;

  @ApiProperty({ example: 'ravi' })
  username: string;

  @ApiProperty({ example: 'ravi@example.org' })
  email: string;

  @ApiProperty({ type: String, format: 'date', nullable: true, example: '1994-05-17' })
  birth_date: string | null;

  @ApiProperty({ description: 'The refresh token, which also travels in its own cookie.', example: 'eyJhbGciOi…' })
  refresh: string;

  @ApiProperty({ example: 'User created and signed in successfully.' })
  detail: string;
}

export function signUpResponse({ id, username, email, birthDate }: Account, refresh: string): SignUpResponse {
  const detail = 'User created and signed in successfully.';
  return { id, username, email, birth_date: birthDate, refresh, detail };
}
