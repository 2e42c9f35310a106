import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { EnrolmentChanged } from '../events/enrolment-changed.event';
import { type Cause, EnrolmentRepository, type LockedEnrolment } from './enrolment.repository';
import { begun, concernsAccess, differs, type EnrolmentState, snapshot, type Source } from './enrolment.state';

export interface CourseName {
  readonly courseId: number;
  readonly courseKey: string;
  readonly displayName: string;
}

export interface Beginning {
  readonly accountId: number;
  readonly courses: readonly CourseName[];
  readonly mode: string;
  readonly expiresAt: Date | null;
  readonly source: Source;
}

interface Change {
  readonly enrolmentId: number;
  readonly accountId: number;
  readonly course: CourseName;
  readonly before: EnrolmentState | null;
  readonly after: EnrolmentState;
}

/** Every way an enrolment changes: with its history, and told to the house. Only inside a unit of work. */
@Injectable()
export class EnrolmentWriter {
  constructor(
    private readonly enrolments: EnrolmentRepository,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** Enrols an account where it never was. Gives the new ids by course. */
  async begin(beginning: Beginning, cause: Cause): Promise<Map<number, number>> {
    const { accountId, courses, mode, expiresAt, source } = beginning;
    const now = this.clock.now();
    const state = begun(mode, source, expiresAt);
    const courseIds = courses.map(({ courseId }) => courseId);
    const rows = await this.enrolments.begin({ accountId, courseIds, state, source, cause }, now);
    const ids = new Map(rows.map(({ id, courseId }) => [courseId, id]));
    for (const course of courses) {
      const enrolmentId = ids.get(course.courseId);
      if (enrolmentId === undefined) continue;
      await this.tell({ enrolmentId, accountId, course, before: null, after: state }, cause, now);
    }
    return ids;
  }

  /** Locks them and makes of each what `next` says; gives how many that changed. */
  async change(
    ids: readonly number[],
    next: (before: LockedEnrolment) => EnrolmentState,
    cause: Cause,
  ): Promise<number> {
    if (ids.length === 0) return 0;
    const now = this.clock.now();
    let changed = 0;
    for (const before of await this.enrolments.lock(ids)) {
      const after = next(before);
      if (!differs(before, after)) continue;
      await this.enrolments.write(before, after, cause, now);
      changed++;
      const { id: enrolmentId, accountId } = before;
      if (accountId === null || !concernsAccess(before, after)) continue;
      await this.tell({ enrolmentId, accountId, course: before, before, after }, cause, now);
    }
    return changed;
  }

  private async tell(
    { enrolmentId, accountId, course, before, after }: Change,
    cause: Cause,
    now: Date,
  ): Promise<void> {
    await this.outbox.publish(
      new EnrolmentChanged({
        enrolment_id: enrolmentId,
        account_id: accountId,
        course: { id: course.courseId, course_id: course.courseKey, display_name: course.displayName },
        before: before && snapshot(before),
        after: snapshot(after),
        source: cause.kind,
        at: now.toISOString(),
      }),
    );
  }
}
