import { DomainError, invalid } from '../common/domain-error';

export type EnrollmentWebhookErrorCode =
  | 'invalid_signature'
  | 'invalid_course_key'
  | 'unknown_course'
  | 'course_exists'
  | 'allowance_not_open'
  | 'already_enrolled'
  | 'enrolment_suspended'
  | 'enrolment_move_forbidden'
  | 'lms_exists'
  | 'lms_secret_lost';

type EnrollmentWebhookError = DomainError<EnrollmentWebhookErrorCode>;

/** What the old server said; outside production with an explanation. */
export function invalidSignature(explanation?: object): EnrollmentWebhookError {
  const extra = explanation && { explanation };
  return new DomainError('unauthenticated', 'invalid_signature', 'Invalid signature', { extra });
}

export const noCourse = () => invalid({ non_field_errors: ['At least one courseId must be provided'] });

/** `id` as it was sent. */
export const invalidCourseKey = (id: string): EnrollmentWebhookError =>
  new DomainError('invalid', 'invalid_course_key', `Invalid course key format: ${id}`);

/** `id` as it was sent. */
export const unknownCourse = (id: string): EnrollmentWebhookError =>
  new DomainError('invalid', 'unknown_course', `Course ${id} does not exist`);

export const courseExists = (courseKey: string, cause?: unknown): EnrollmentWebhookError =>
  new DomainError('conflict', 'course_exists', `Course ${courseKey} exists already.`, { cause });

export const allowanceNotOpen = (): EnrollmentWebhookError =>
  new DomainError('conflict', 'allowance_not_open', 'This allowance has been claimed or revoked already.');

export const alreadyEnrolled = (): EnrollmentWebhookError =>
  new DomainError('conflict', 'already_enrolled', 'This learner is enrolled or allowed already.');

export const enrolmentSuspended = (): EnrollmentWebhookError =>
  new DomainError('conflict', 'enrolment_suspended', 'This enrolment is suspended: restore it instead.');

export const moveForbidden = (before: string, wanted: string): EnrollmentWebhookError =>
  new DomainError('conflict', 'enrolment_move_forbidden', `An enrolment that is ${before} can't become ${wanted}.`);

export const lmsExists = (name: string, cause?: unknown): EnrollmentWebhookError =>
  new DomainError('conflict', 'lms_exists', `An LMS is named ${name} already.`, { cause });

export const lmsSecretLost = (cause?: unknown): EnrollmentWebhookError =>
  new DomainError(
    'conflict',
    'lms_secret_lost',
    'A secret of this LMS is encrypted with a key that FIELD_ENCRYPTION_KEY lacks: rotate it, and send openedx anew.',
    { cause },
  );
