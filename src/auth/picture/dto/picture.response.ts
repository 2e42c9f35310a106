import { ApiProperty } from '@nestjs/swagger';

export class PictureResponse {
  @ApiProperty({
    type: String,
    format: 'uri',
    example: 'https://guildhall.example.org/media/pictures/6f1c0b7de2a94835b1c7d0e9f8a2b364.webp',
  })
  profile_pic: string;
}
