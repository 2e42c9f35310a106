import { STATUS_CODES } from 'node:http';
import { flatErrors, type FlatError } from './flat-errors';
import type { Presenter } from './presentation';

/** RFC 9457. `type` is stable and names the code; `errors` point into the body as RFC 6901 fragments. */
export const presentProblem: Presenter = (fault, requestId) => ({
  contentType: 'application/problem+json',
  body: {
    type: `urn:guildhall:problem:${fault.code}`,
    title: STATUS_CODES[fault.status] ?? 'Error',
    status: fault.status,
    detail: fault.message,
    code: fault.code,
    ...(fault.fields && { errors: flatErrors(fault.fields).map(pointed) }),
    ...fault.extra,
    request_id: requestId,
  },
});

function pointed({ path, message }: FlatError): { pointer: string; detail: string } {
  const steps = path.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`);
  return { pointer: `#${steps.join('')}`, detail: message };
}
