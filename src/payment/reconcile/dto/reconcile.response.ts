import { ApiProperty } from '@nestjs/swagger';
import type { Drift } from '../drift.rules';
import { DRIFT_CLASS_NAMES, DRIFT_CLASSES, type DriftClass } from '../drift-classes';
import { RUN_STATUSES, type RunStatus } from '../reconciliation-run.entity';
import type { RunRecord } from '../run.repository';

const INSTANT = { type: String, format: 'date-time' } as const;
const MAYBE = { ...INSTANT, nullable: true } as const;

const CLASSES = Object.entries(DRIFT_CLASSES)
  .map(([name, sentence]) => `- \`${name}\`: ${sentence}`)
  .join('\n');

export class ReconcileAcceptedResponse {
  @ApiProperty({ type: 'integer', description: 'Of the run.', example: 12 })
  id: number;

  static of(this: void, { id }: RunRecord): ReconcileAcceptedResponse {
    return { id };
  }
}

export class DriftResponse {
  @ApiProperty({ enum: DRIFT_CLASS_NAMES, description: CLASSES, example: 'payment_missing' })
  class: DriftClass;

  @ApiProperty({ type: 'integer', description: 'How many things differed so.', example: 3 })
  count: number;

  @ApiProperty({ type: 'integer', description: 'How many of them are as the gateway has them now.', example: 3 })
  cured: number;

  static of(this: void, { class: name, count, cured }: Drift): DriftResponse {
    return { class: name, count, cured };
  }
}

export class ReconcileProgress {
  @ApiProperty({ description: 'What is compared at the moment; `ended` at the end.', example: 'payments' })
  stage: string;

  @ApiProperty({ type: 'integer', description: 'Things compared so far.', example: 240 })
  examined: number;
}

/** A comparison with the gateway. */
export class ReconcileResponse {
  @ApiProperty({ type: 'integer', example: 12 })
  id: number;

  @ApiProperty({
    enum: RUN_STATUSES,
    description:
      '`pending`: runs before it are not done; `waiting`: the gateway could not be asked, it goes on at `due_at`; ' +
      '`failed`: given up, see `error`.',
    example: 'done',
  })
  status: RunStatus;

  @ApiProperty({ type: DriftResponse, isArray: true, description: 'What differed, so far.' })
  drift: DriftResponse[];

  @ApiProperty({ type: ReconcileProgress, nullable: true })
  progress: ReconcileProgress | null;

  @ApiProperty(INSTANT)
  from: string;

  @ApiProperty(INSTANT)
  to: string;

  @ApiProperty({ example: false })
  dry_run: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Of the last try that failed.', example: null })
  error: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The account of the administrator; null: the schedule.',
  })
  requested_by: number | null;

  @ApiProperty(INSTANT)
  created_at: string;

  @ApiProperty(MAYBE)
  started_at: string | null;

  @ApiProperty({ ...MAYBE, description: 'While it waits.' })
  due_at: string | null;

  @ApiProperty(MAYBE)
  ended_at: string | null;

  static of(this: void, run: RunRecord): ReconcileResponse {
    const { progress, dueAt } = run;
    return {
      id: run.id,
      status: run.status,
      drift: run.drift.map(DriftResponse.of),
      progress: progress && { stage: progress.stage, examined: progress.examined },
      from: run.fromAt.toISOString(),
      to: run.toAt.toISOString(),
      dry_run: run.dryRun,
      error: run.error,
      requested_by: run.requestedBy,
      created_at: run.createdAt.toISOString(),
      started_at: run.startedAt?.toISOString() ?? null,
      due_at: run.status === 'waiting' ? (dueAt?.toISOString() ?? null) : null,
      ended_at: run.finishedAt?.toISOString() ?? null,
    };
  }
}
