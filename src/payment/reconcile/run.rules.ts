import { isUnavailable } from '../../infra/database/database-error';
import { GatewayError } from '../gateway/gateway-error';
import type { DriftClass } from './drift-classes';

/** About a day of an outage. */
export const MOST_TRIES = 100;
/** Of what is no outage: somebody has to look at it. */
const MOST_FAULTS = 5;

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/** Another process has this run by now. */
export class RunLost extends Error {}

/** This process shuts down. */
export class RunStopped extends Error {}

/** How an item is counted that could not be compared; undefined where the whole run has to wait or end. */
export function faultOfItem(error: unknown): DriftClass | undefined {
  if (error instanceof RunLost || error instanceof RunStopped || isUnavailable(error)) return undefined;
  if (!(error instanceof GatewayError)) return 'failed';
  switch (error.kind) {
    case 'malformed':
      return 'malformed';
    case 'refused':
      return 'failed';
    case 'unavailable':
    case 'unknown':
    case 'misconfigured':
      return undefined;
  }
}

/** Milliseconds until a run goes on; undefined where it is given up. `tries`: without getting on, this one included. */
export function pauseAfter(error: unknown, tries: number): number | undefined {
  const isOutage = error instanceof GatewayError ? error.kind !== 'refused' : isUnavailable(error);
  if (tries >= (isOutage ? MOST_TRIES : MOST_FAULTS)) return undefined;
  return Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
}
