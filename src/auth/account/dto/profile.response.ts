import { ApiProperty } from '@nestjs/swagger';
import type { Role } from '../../../common/access';
import type { ProfileRow } from '../account.repository';
import { parseRoles } from '../roles';

export class ProfileResponse {
  @ApiProperty({ example: 17 })
  id: number;

  @ApiProperty({ example: 'ravi' })
  username: string;

  @ApiProperty({ example: 'ravi@example.org' })
  email: string;

  @ApiProperty({ type: String, format: 'date', nullable: true, example: '1994-05-17' })
  birth_date: string | null;

  @ApiProperty({ example: false })
  is_private: boolean;

  @ApiProperty({ example: '' })
  bio: string;

  @ApiProperty({ example: 'Ravi' })
  first_name: string;

  @ApiProperty({ example: 'Rao' })
  last_name: string;

  @ApiProperty({ example: false })
  is_creator: boolean;

  @ApiProperty({ description: 'A URL, or empty.', example: '' })
  profile_pic: string;

  @ApiProperty({ description: 'An IANA name.', example: 'UTC' })
  time_zone: string;

  @ApiProperty({ enum: ['admin', 'support', 'finance'], isArray: true, example: [] })
  roles: Role[];
}

export function profileResponse(row: ProfileRow): ProfileResponse {
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    birth_date: row.birth_date,
    is_private: Boolean(row.is_private),
    bio: row.bio,
    first_name: row.first_name,
    last_name: row.last_name,
    is_creator: Boolean(row.is_creator),
    profile_pic: row.profile_pic,
    time_zone: row.time_zone,
    roles: parseRoles(row.roles),
  };
}
