import { ApiProperty } from '@nestjs/swagger';

export class RefreshResponse {
  @ApiProperty({ description: 'The access token travels in its cookie alone.', example: 'eyJhbGciOi…' })
  refresh: string;
}

export class TokenPairResponse {
  @ApiProperty({ example: 'eyJhbGciOi…' })
  access: string;

  @ApiProperty({ example: 'eyJhbGciOi…' })
  refresh: string;
}
