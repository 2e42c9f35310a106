import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '../../infra/outbox/fact';

export class PluginKeyResponse {
  @ApiProperty({ example: 7 })
  id: number;

  @ApiProperty({ example: '9f86d081884c7d65', description: 'First 16 hex digits of the SHA-256 of the key.' })
  fingerprint: string;

  @ApiProperty({ format: 'date-time', example: '2025-03-01T12:00:00.000Z' })
  created_at: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2025-03-02T08:10:00.000Z',
    description: 'To ten minutes or so; null = never.',
  })
  last_used_at: string | null;
}

export class PluginResponse {
  @ApiProperty({ example: 3 })
  id: number;

  @ApiProperty({ example: false, description: 'The plugin of calls without Plugin-Id; its keys are in the settings.' })
  legacy: boolean;

  @ApiProperty({ type: 'integer', nullable: true, example: 7, description: 'The account that hears of its users.' })
  owner: number | null;

  @ApiProperty({ example: 'Verse of the day' })
  name: string;

  @ApiProperty({ example: 'Shows a verse beside the text.' })
  description: string;

  @ApiProperty({ example: 'https://plugins.example.org/verse/plugin.js' })
  url: string;

  @ApiProperty({ example: 'https://plugins.example.org/verse/icon.png' })
  image: string;

  @ApiProperty({ type: [String], example: ['https://plugins.example.org'] })
  allowed_origins: string[];

  @ApiProperty({ type: 'integer', nullable: true, example: 86_400 })
  token_ttl: number | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: null })
  user_schema: JsonObject | null;

  @ApiProperty({ format: 'date-time', example: '2025-03-01T12:00:00.000Z' })
  created_at: string;

  @ApiProperty({ format: 'date-time', example: '2025-03-01T12:00:00.000Z' })
  updated_at: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  revoked_at: string | null;

  @ApiProperty({ type: [PluginKeyResponse], description: 'Newest first: the first encrypts, all decrypt.' })
  keys: PluginKeyResponse[];
}

const KEY = {
  example: 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=',
  description: 'The Fernet key. Shown this once.',
};

export class RegisteredPluginResponse extends PluginResponse {
  @ApiProperty(KEY)
  key: string;
}

export class NewPluginKeyResponse {
  @ApiProperty({ example: 8 })
  id: number;

  @ApiProperty(KEY)
  key: string;
}
