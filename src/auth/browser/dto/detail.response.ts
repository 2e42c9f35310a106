import { ApiProperty } from '@nestjs/swagger';

export class DetailResponse {
  @ApiProperty({ example: 'Successfully logged out.' })
  detail: string;
}
