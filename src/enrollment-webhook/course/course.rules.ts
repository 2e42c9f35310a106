import type { FieldErrors } from '../../common/domain-error';

export interface CourseTimes {
  readonly enrolmentStart: Date | null;
  readonly enrolmentEnd: Date | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

/** What ends must have begun before. */
export function timeFaults(times: CourseTimes): FieldErrors | undefined {
  const faults: FieldErrors = {};
  if (isBackwards(times.enrolmentStart, times.enrolmentEnd)) {
    faults['enrolment_end'] = ['Enrolment must end after it starts.'];
  }
  if (isBackwards(times.startsAt, times.endsAt)) faults['end'] = ['The course must end after it starts.'];
  return Object.keys(faults).length === 0 ? undefined : faults;
}

function isBackwards(start: Date | null, end: Date | null): boolean {
  return start !== null && end !== null && end.getTime() <= start.getTime();
}
