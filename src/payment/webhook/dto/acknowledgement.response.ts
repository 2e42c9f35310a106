import { ApiProperty } from '@nestjs/swagger';

export class AcknowledgementResponse {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status: 'ok';
}
