import { ApiProperty } from '@nestjs/swagger';

export class EnrolResponse {
  @ApiProperty({ example: true })
  success: boolean;

  @ApiProperty({
    description: '`Enrollment allowance verified …` where nobody has an account with this address.',
    example: 'User enrollment status verified for 1 course(s)',
  })
  message: string;
}
