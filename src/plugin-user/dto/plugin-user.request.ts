import { ApiProperty } from '@nestjs/swagger';

// For the document only: these bodies are read from their bytes by plugin-body.rules.ts and user-data.rules.ts, in the
// old server's order and words.

export class CreatePluginUserRequest {
  @ApiProperty({
    description: 'The encrypted user id: a Fernet token.',
    example: 'gAAAAABnwvPAL9k6p3Zc7n3Wq0Xq5cJb1yG1e4u8v2mH0bQ6rT9sE5dF2aK8jN4xV7oPzY3wLhU1iRtCkM6gBqSf0D2eXnA9Ww==',
  })
  sefaria_id: string;
}

export class ChangePluginUserRequest {
  @ApiProperty({ required: false, maxLength: 255, example: 'Rivka' })
  name?: string;

  /** Any further fields, up to 16 KiB of JSON together. */
  [field: string]: unknown;
}
