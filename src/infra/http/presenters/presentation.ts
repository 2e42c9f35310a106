import type { Fault } from '../fault';

export interface Presentation {
  readonly contentType: string;
  /** Undefined for an answer without a body. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** How one family of routes words a fault. The request id stands in answers to faults of ours (5xx). */
export type Presenter = (fault: Fault, requestId: string) => Presentation;

export const JSON_TYPE = 'application/json; charset=utf-8';

export function json(body: Presentation['body']): Presentation {
  return { contentType: JSON_TYPE, body };
}

export function requestIdOf(fault: Fault, requestId: string): { request_id?: string } {
  return fault.status >= 500 ? { request_id: requestId } : {};
}
