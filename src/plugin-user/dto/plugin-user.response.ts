import { ApiProperty } from '@nestjs/swagger';

export class CreatedPluginUserResponse {
  @ApiProperty({ example: 41, description: 'The id of the plugin user.' })
  id: number;

  @ApiProperty({ example: '12345', description: 'The decrypted id: digits, as text.' })
  sefaria_id: string;
}

export class PluginUserResponse extends CreatedPluginUserResponse {
  @ApiProperty({ type: String, nullable: true, example: 'Rivka' })
  name: string | null;

  /** The user's further fields. */
  [field: string]: unknown;
}

export class ChangedPluginUserResponse {
  @ApiProperty({ example: '12345' })
  sefaria_id: string;
}

export class DeletedPluginUserResponse {
  @ApiProperty({ enum: ['deleted'], example: 'deleted' })
  status: 'deleted';
}

export class EncryptedUserIdResponse {
  @ApiProperty({
    example: 'gAAAAABnwvPAL9k6p3Zc7n3Wq0Xq5cJb1yG1e4u8v2mH0bQ6rT9sE5dF2aK8jN4xV7oPzY3wLhU1iRtCkM6gBqSf0D2eXnA9Ww==',
  })
  encrypted_user_id: string;
}
