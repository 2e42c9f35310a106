import { ApiProperty } from '@nestjs/swagger';
import type { EncryptionKey } from '../encryption-key.entity';

export class JwkResponse {
  @ApiProperty({ example: 'RSA' })
  kty: 'RSA';

  @ApiProperty({ example: 'enc' })
  use: 'enc';

  @ApiProperty({ example: 'RSA-OAEP-256' })
  alg: 'RSA-OAEP-256';

  @ApiProperty({ example: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' })
  kid: string;

  @ApiProperty({ description: 'The modulus.', example: 'sXchDaQ…' })
  n: string;

  @ApiProperty({ example: 'AQAB' })
  e: string;
}

export class JwkSetResponse {
  @ApiProperty({ type: JwkResponse, isArray: true, description: 'Newest first: encrypt to the first.' })
  keys: JwkResponse[];
}

export class EncryptionKeyResponse {
  @ApiProperty({ example: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' })
  kid: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  retired_at: string | null;
}

export function encryptionKeyResponse({ kid, createdAt, retiredAt }: EncryptionKey): EncryptionKeyResponse {
  return { kid, created_at: createdAt.toISOString(), retired_at: retiredAt?.toISOString() ?? null };
}
