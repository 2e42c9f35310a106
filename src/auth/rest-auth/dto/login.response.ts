import { ApiProperty } from '@nestjs/swagger';
import type { Account } from '../../account/account.entity';

export class LoginResponse {
  @ApiProperty({
    description: 'Told this once. Goes into `Authorization: Token <key>`.',
    example: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c',
  })
  key: string;

  @ApiProperty({ example: 17 })
  user_id: number;

  @ApiProperty({ example: false })
  is_creator: boolean;
}

export function loginResponse({ id, isCreator }: Account, key: string): LoginResponse {
  return { key, user_id: id, is_creator: isCreator };
}
