import { failure, type LernitoAnswer } from './lernito-call.rules';
import type { Outcome } from './lms-delivery.state';

/** What became of an allowance: `unreachable` where this release or this client has no way to take one back. */
export type Allowance = 'gone' | 'unreachable';

const LEAST_SECONDS = 60;
const PATHS = {
  access_token: 'oauth2/access_token',
  'enrollment/v1/enrollment': 'api/enrollment/v1/enrollment',
  'enrollment/v1/enrollment_allowed/': 'api/enrollment/v1/enrollment_allowed/',
  'user/v1/accounts': 'api/user/v1/accounts',
} as const;

export function apiUrl(base: string, path: keyof typeof PATHS): string {
  return `${base.replace(/\/+$/, '')}/${PATHS[path]}`;
}

/** As a header can carry it. */
const TOKEN = /^[!-~]+$/;

export function tokenOf({ status, body }: LernitoAnswer): { text: string; seconds: number } | undefined {
  const { access_token: text, expires_in: seconds } = parsed(body) as { access_token?: unknown; expires_in?: unknown };
  if (status !== 200 || typeof text !== 'string' || !TOKEN.test(text)) return undefined;
  return { text, seconds: typeof seconds === 'number' ? seconds : LEAST_SECONDS };
}

/** Of the API's 404 that says there was none, and the 404 of a release without it, only the first is JSON. */
export function allowanceOf({ status, body }: LernitoAnswer): Allowance | undefined {
  if (status === 204 || status === 200) return 'gone';
  if (status === 404 && typeof (parsed(body) as { message?: unknown }).message === 'string') return 'gone';
  return status === 403 || status === 404 || status === 405 ? 'unreachable' : undefined;
}

/** The only account of the answer; the same person has another name here than there. */
export function usernameOf({ status, body }: LernitoAnswer): string | undefined {
  const accounts = parsed(body);
  if (status !== 200 || !Array.isArray(accounts) || accounts.length !== 1) return undefined;
  const { username } = (accounts[0] ?? {}) as { username?: unknown };
  return typeof username === 'string' && username !== '' ? username : undefined;
}

/** Where no account was found: to a client that is not staff every account is hidden. */
export function accountOutcome({ status }: LernitoAnswer, allowance: Allowance): Outcome {
  if (status !== 404) return failure(status, `Open edX gave no account (${status}).`);
  if (allowance === 'gone') return { kind: 'told', told: 'ended' };
  const error = 'Open edX shows no account with this address, and does not take allowances back for this client.';
  return { kind: 'told', told: 'kept', error };
}

/** Only an answer that shows the enrolment inactive is one: to others than staff the API may enrol instead. */
export function unenrolOutcome({ status, body }: LernitoAnswer): Outcome {
  const { is_active: isActive } = parsed(body) as { is_active?: unknown };
  if (status === 200 && isActive === false) return { kind: 'told', told: 'ended' };
  if (status === 400 || status === 406) {
    return { kind: 'told', told: 'kept', error: `Open edX refused to withdraw the enrolment (${status}).` };
  }
  if (status === 200) return failure(403, 'Open edX left the enrolment active: the client’s user is not global staff.');
  return failure(status, status === 404 ? 'The user of the Open edX client is not global staff.' : undefined);
}

function parsed(body: string): object {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
