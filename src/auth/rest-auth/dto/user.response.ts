import { ApiProperty } from '@nestjs/swagger';
import type { ProfileRow } from '../../account/account.repository';

export class UserResponse {
  @ApiProperty({ example: 17 })
  pk: number;

  @ApiProperty({ example: 'ravi' })
  username: string;

  @ApiProperty({ example: 'ravi@example.org' })
  email: string;

  @ApiProperty({ example: 'Ravi' })
  first_name: string;

  @ApiProperty({ example: 'Rao' })
  last_name: string;

  @ApiProperty({ example: false })
  is_creator: boolean;

  @ApiProperty({ example: 'I write about trains.' })
  bio: string;

  @ApiProperty({ description: 'A URL, or empty.', example: '' })
  profile_pic: string;

  @ApiProperty({ description: 'An IANA name.', example: 'Asia/Kolkata' })
  time_zone: string;
}

export function userResponse(row: ProfileRow): UserResponse {
  return {
    pk: row.id,
    username: row.username,
    email: row.email,
    first_name: row.first_name,
    last_name: row.last_name,
    is_creator: Boolean(row.is_creator),
    bio: row.bio,
    profile_pic: row.profile_pic,
    time_zone: row.time_zone,
  };
}
