import type { EnrolmentChangedPayload } from '../../enrollment-webhook/events/enrolment-changed.event';
import type { EnrolmentExpiringPayload } from '../../enrollment-webhook/events/enrolment-expiring.event';
import type { Notice } from '../deliver/notice';

type Status = EnrolmentChangedPayload['after']['status'];

const EVENT: Readonly<Record<Status, string>> = { active: 'started', suspended: 'suspended', ended: 'ended' };

/** Undefined where only the date or the mode is another, which tells its learner nothing. */
export function enrolmentNotice({
  enrolment_id,
  course,
  before,
  after,
  at,
}: EnrolmentChangedPayload): Notice | undefined {
  const was = before?.status ?? 'ended';
  if (was === after.status) return undefined;
  return courseNotice(course, EVENT[after.status], `enrolment:${enrolment_id}:${after.status}:${at}`);
}

export function expiringNotice({ enrolment_id, course, expires_at }: EnrolmentExpiringPayload): Notice {
  const notice = courseNotice(course, 'expiring', `enrolment:${enrolment_id}:expiring:${expires_at}`);
  return { ...notice, data: { ...notice.data, expires_at } };
}

function courseNotice(course: EnrolmentChangedPayload['course'], event: string, factKey: string): Notice {
  return {
    kind: 'enrolment',
    factKey,
    actorId: null,
    target: { type: 'course', id: course.id },
    data: { event, course: course.display_name, course_id: course.course_id },
  };
}
