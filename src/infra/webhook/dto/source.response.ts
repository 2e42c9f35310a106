import { ApiProperty } from '@nestjs/swagger';
import type { SourceReport } from '../delivery-admin.service';

export class SecretUseResponse {
  @ApiProperty({ example: 'b1946ac92492', description: 'Names the secret without telling it.' })
  secret_id: string;

  @ApiProperty({ description: 'Whether it is still accepted.', example: true })
  in_force: boolean;

  @ApiProperty({ type: 'integer', description: 'Deliveries whose last call it verified.', example: 12 })
  deliveries: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  last_seen_at: string | null;
}

/** Over what the inbox still holds: thirty days. */
export class SourceResponse {
  @ApiProperty({ example: 'lernito' })
  source: string;

  @ApiProperty({ type: SecretUseResponse, isArray: true, description: 'Those in force, newest first, then others.' })
  secrets: SecretUseResponse[];

  @ApiProperty({ type: 'integer', description: 'Different genuine calls.', example: 12 })
  accepted: number;

  @ApiProperty({ type: 'integer', description: 'Genuine calls that had come before.', example: 3 })
  repeats: number;

  @ApiProperty({ type: 'integer', description: 'Accepted ones that carried no signed time.', example: 12 })
  without_timestamp: number;

  @ApiProperty({ type: 'integer', description: 'Kept rejected calls.', example: 0 })
  rejected: number;

  static of(this: void, { source, secretIds, tallies }: SourceReport): SourceResponse {
    const accepted = tallies.filter(({ verdict }) => verdict === 'accepted');
    const rejected = tallies.filter(({ verdict }) => verdict === 'rejected');
    const used = accepted.flatMap(({ secretId }) => secretId ?? []);
    const deliveries = sum(accepted.map((tally) => tally.deliveries));
    return {
      source,
      secrets: [...new Set([...secretIds, ...used])].map((id) => {
        const tally = accepted.find(({ secretId }) => secretId === id);
        return {
          secret_id: id,
          in_force: secretIds.includes(id),
          deliveries: tally?.deliveries ?? 0,
          last_seen_at: tally?.lastSeenAt.toISOString() ?? null,
        };
      }),
      accepted: deliveries,
      repeats: sum(accepted.map(({ calls }) => calls)) - deliveries,
      without_timestamp: sum(accepted.map(({ untimed }) => untimed)),
      rejected: sum(rejected.map((tally) => tally.deliveries)),
    };
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
