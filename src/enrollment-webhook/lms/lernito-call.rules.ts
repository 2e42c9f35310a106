import { strip } from '../../infra/http/fields/python';
import { hmacSha256 } from '../../infra/crypto/digest';
import { COMPACT, dumps } from '../python-json/python-json.dumps';
import type { PythonJson } from '../python-json/python-json.value';
import type { Outcome } from './lms-delivery.state';

/** As the account says; both names may be empty. */
export interface Person {
  readonly username: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface EndedEnrolment {
  readonly enrolmentId: number;
  readonly email: string;
  readonly courseKey: string;
  readonly endedAt: Date;
}

export interface LernitoAnswer {
  readonly status: number;
  readonly body: string;
}

const LONGEST = 255;
const UNKNOWN_COURSE = /^Course .* does not exist$/s;
const LONGEST_MESSAGE = 300;

/**
 * lernito's call in Python's compact form, so that the bytes are what the plugin signs. It wants both names, takes no
 * blank ones, and looks at neither.
 */
export function enrolBody({ username, email, firstName, lastName }: Person, courseKeys: readonly string[]): string {
  const name = fitting(firstName) || fitting(username);
  const family = fitting(lastName) || fitting(username);
  return compact({ name, family, username: fitting(username), email, courseIds: courseKeys });
}

/** The same end has the same id, however often it is told. */
export function endedBody({ enrolmentId, email, courseKey, endedAt }: EndedEnrolment): string {
  const id = `enrolment-${enrolmentId}-ended-${endedAt.getTime()}`;
  return compact({ event: 'enrolment.ended', id, email, course_id: courseKey, ended_at: endedAt.toISOString() });
}

/**
 * The headers of a signed body: the signature by `secret`, and a timestamp that carries one by each of `secrets`, for
 * a receiver that changes from one to the other.
 */
export function signedHeaders(
  body: string,
  secret: string,
  secrets: readonly string[],
  now: Date,
): Record<string, string> {
  const seconds = Math.floor(now.getTime() / 1000);
  const digests = secrets.map((one) => `v1=${hmacSha256(one, `${seconds}.`, body).toString('hex')}`);
  return {
    'content-type': 'application/json',
    'x-lernito-signature': hmacSha256(secret, body).toString('hex'),
    'x-lernito-timestamp': [`t=${seconds}`, ...digests].join(','),
  };
}

/** What the plugin's answer to an enrolment means. */
export function enrolOutcome({ status, body }: LernitoAnswer): Outcome {
  const { success, message } = parsed(body);
  if (status === 200 && success === true) return { kind: 'told', told: 'active' };
  if (status === 400 && success === false) {
    const error = (typeof message === 'string' ? message : JSON.stringify(message ?? null)).slice(0, LONGEST_MESSAGE);
    const isUnknown = typeof message === 'string' && UNKNOWN_COURSE.test(message);
    return { kind: 'refused', status: isUnknown ? 'unknown_course' : 'dead', error };
  }
  return failure(status, status === 401 ? 'The LMS refuses the signature: wrong secret.' : undefined);
}

/** What the event endpoint's answer means: heard, which does not yet take the enrolment back. */
export function eventOutcome({ status }: LernitoAnswer): Outcome {
  if (status >= 200 && status < 300) return { kind: 'told', told: 'kept' };
  return failure(status, status === 401 ? 'The event endpoint refuses the signature: wrong secret.' : undefined);
}

/** An answer that neither did it nor refused it for good. */
export function failure(status: number, error = `The answer was ${status}.`): Outcome {
  const isTheirs = status >= 500 || (status >= 200 && status < 300);
  return { kind: 'failed', error, mayHaveWorked: isTheirs, isSlow: !isTheirs };
}

/** Whether the plugin has verified a call without courses, and refused it for that alone. */
export function isEmptyCallVerified({ status, body }: LernitoAnswer): boolean {
  return status === 400 && body.includes('At least one courseId must be provided');
}

function compact(document: PythonJson): string {
  return dumps(document, COMPACT);
}

/** As the plugin's serializer takes it: trimmed, of 255 characters at most. */
function fitting(text: string): string {
  return strip([...strip(text.replaceAll('\0', ''))].slice(0, LONGEST).join(''));
}

function parsed(body: string): { success?: unknown; message?: unknown } {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
