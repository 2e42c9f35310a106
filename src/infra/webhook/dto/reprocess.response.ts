import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '../../outbox/fact';
import type { Preview, Requeued, WindowPreview } from '../delivery-window.service';

const MATCHED = { type: 'integer', description: 'Genuine calls in the window.', example: 120 } as const;

export class PreviewResponse {
  @ApiProperty({ type: 'integer', example: 41 })
  delivery: number;

  @ApiProperty({ description: 'Whether anything would change.', example: true })
  changes: boolean;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What it would do, or why it fails.' })
  effect: JsonObject;

  static of(this: void, { id, changed, effect }: Preview): PreviewResponse {
    return { delivery: id, changes: changed, effect };
  }
}

export class ReprocessPreviewResponse {
  @ApiProperty(MATCHED)
  matched: number;

  @ApiProperty({ type: 'integer', isArray: true, description: 'The first hundred of them.', example: [41] })
  deliveries: number[];

  @ApiProperty({ type: PreviewResponse, isArray: true, description: 'What those would change.' })
  effects: PreviewResponse[];

  static of(this: void, { matched, previews }: WindowPreview): ReprocessPreviewResponse {
    return { matched, deliveries: previews.map(({ id }) => id), effects: previews.map(PreviewResponse.of) };
  }
}

export class ReprocessResponse {
  @ApiProperty(MATCHED)
  matched: number;

  @ApiProperty({ type: 'integer', description: 'Those that were not waiting already.', example: 118 })
  queued: number;

  static of(this: void, { matched, queued }: Requeued): ReprocessResponse {
    return { matched, queued };
  }
}
