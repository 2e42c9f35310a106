import { ApiProperty } from '@nestjs/swagger';

export class FollowResponse {
  @ApiProperty({ example: true })
  following: boolean;
}
