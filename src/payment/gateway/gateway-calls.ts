import { Logger } from '@nestjs/common';
import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  handleWhen,
  type IBackoffFactory,
  type IRetryBackoffContext,
  isBrokenCircuitError,
  retry,
} from 'cockatiel';
import { CallFault } from './call-fault';
import { GatewayError } from './gateway-error';

export interface CallTuning {
  /** Requests of one call, in all. */
  readonly tries: number;
  readonly firstPauseMs: number;
  readonly maxPauseMs: number;
  /** No try starts later than this after the call. */
  readonly patienceMs: number;
  /** Failed requests one after the other, until nobody asks any more. */
  readonly breakAfter: number;
  /** How long, until one request tries again. */
  readonly breakMs: number;
}

export const CALL_TUNING: CallTuning = {
  tries: 3,
  firstPauseMs: 200,
  maxPauseMs: 3_000,
  patienceMs: 12_000,
  breakAfter: 5,
  breakMs: 10_000,
};

type Failed = Pick<IRetryBackoffContext<unknown>, 'result'>;

/** A call that changes something there. */
export interface Write<T> {
  readonly send: () => Promise<T>;
  /** What the gateway has of it, after an answer that was lost; undefined where nothing is to be seen. */
  readonly look?: () => Promise<T | undefined>;
  /** A second one is harmless, after the look if there is one. Otherwise a lost answer ends as `unknown`. */
  readonly repeatable: boolean;
  /** A refusal may mean that it is done already: look then, too. */
  readonly lookIfRefused?: boolean;
}

/** Repeats what may be repeated, spares a gateway that is down, and turns every fault into GatewayError. */
export class GatewayCalls {
  private readonly logger = new Logger(GatewayCalls.name);
  private readonly breaker: CircuitBreakerPolicy;

  constructor(private readonly tuning: CallTuning) {
    const { breakAfter, breakMs } = tuning;
    this.breaker = circuitBreaker(handleWhen(isFailure), {
      halfOpenAfter: breakMs,
      breaker: new ConsecutiveBreaker(breakAfter),
    });
    this.breaker.onBreak(() => this.logger.warn(`The payment gateway fails: nobody asks it for ${breakMs} ms`));
    this.breaker.onReset(() => this.logger.log('The payment gateway answers again'));
  }

  /** A request that changes nothing. */
  async read<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await this.repeat(isPassing, () => this.once(send));
    } catch (error) {
      throw gatewayError(error, false);
    }
  }

  async write<T>(write: Write<T>): Promise<T> {
    const { send, look, repeatable } = write;
    let lost = false;
    try {
      return await this.repeat(
        (error) => isUnsent(error) || (isLost(error) && (repeatable || look !== undefined)),
        async () => {
          if (lost && look !== undefined) {
            const seen = await this.once(look);
            if (seen !== undefined) return seen;
            if (!repeatable) throw new GatewayError('unknown', 'The payment gateway shows nothing of a lost call');
          }
          try {
            return await this.once(send);
          } catch (error) {
            lost ||= isLost(error);
            throw error;
          }
        },
      );
    } catch (error) {
      const done = write.lookIfRefused === true && isRefusal(error) ? await this.glance(look) : undefined;
      if (done !== undefined) return done;
      throw gatewayError(error, lost);
    }
  }

  /** A look that decides nothing when it fails. */
  private async glance<T>(look: Write<T>['look']): Promise<T | undefined> {
    return look === undefined ? undefined : this.once(look).catch(() => undefined);
  }

  private async repeat<T>(again: (error: unknown) => boolean, once: () => Promise<T>): Promise<T> {
    const { tries, maxPauseMs, patienceMs } = this.tuning;
    const start = performance.now();
    const policy = retry(
      handleWhen((error) => {
        const asked = retryAfterOf(error);
        return again(error) && asked <= maxPauseMs && performance.now() - start + asked <= patienceMs;
      }),
      { maxAttempts: tries - 1, backoff: backoffOf(this.tuning) },
    );
    return policy.execute(once);
  }

  /** One request through the breaker. A gateway that refuses is alive: that counts as an answer. */
  private async once<T>(send: () => Promise<T>): Promise<T> {
    const outcome = await this.breaker.execute(async () => {
      try {
        return { value: await send() };
      } catch (error) {
        if (isFailure(error)) throw error;
        return { error };
      }
    });
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }
}

/** Decorrelated jitter, and never less than the gateway asked for. */
export function backoffOf(tuning: Pick<CallTuning, 'firstPauseMs' | 'maxPauseMs'>): IBackoffFactory<Failed> {
  const jitter: IBackoffFactory<unknown> = new ExponentialBackoff({
    initialDelay: tuning.firstPauseMs,
    maxDelay: tuning.maxPauseMs,
  });
  return new DelegateBackoff<Failed, IBackoffFactory<unknown>>((failed, before = jitter) => {
    const pause = before.next(undefined);
    return { delay: Math.max(pause.duration, askedPause(failed)), state: pause };
  });
}

function askedPause({ result }: Failed): number {
  return 'error' in result ? retryAfterOf(result.error) : 0;
}

function retryAfterOf(error: unknown): number {
  return error instanceof CallFault ? (error.retryAfterMs ?? 0) : 0;
}

function isUnsent(error: unknown): boolean {
  return error instanceof CallFault && error.kind === 'unsent';
}

/** It may have been done. */
function isLost(error: unknown): boolean {
  if (error instanceof GatewayError) return error.kind === 'malformed';
  if (!(error instanceof CallFault)) return false;
  return error.kind === 'lost' || error.kind === 'garbled' || error.kind === 'oversized';
}

/** It may go better the next time. */
function isPassing(error: unknown): error is CallFault {
  return error instanceof CallFault && ['unsent', 'lost', 'garbled'].includes(error.kind);
}

/** Of the gateway, as the breaker counts them: one that says that it is at it already (409) is alive. */
function isFailure(error: unknown): boolean {
  return isPassing(error) && error.refusal.httpStatus !== 409;
}

function isRefusal(error: unknown): boolean {
  return error instanceof CallFault && error.kind === 'refused';
}

/** `lost`: a former request of the same call may have done it. */
function gatewayError(error: unknown, lost: boolean): unknown {
  if (error instanceof GatewayError && !(lost && error.kind === 'malformed')) return error;
  if (isBrokenCircuitError(error)) {
    return new GatewayError(lost ? 'unknown' : 'unavailable', 'The payment gateway fails: it is not asked for now');
  }
  if (error instanceof GatewayError) return new GatewayError('unknown', error.message, {}, { cause: error });
  if (!(error instanceof CallFault)) return error;
  return new GatewayError(kindOf(error, lost), error.message, error.refusal, { cause: error.cause });
}

function kindOf(fault: CallFault, lost: boolean): GatewayError['kind'] {
  if (lost && fault.kind !== 'refused') return fault.kind === 'misconfigured' ? 'misconfigured' : 'unknown';
  switch (fault.kind) {
    case 'refused':
    case 'misconfigured':
      return fault.kind;
    case 'unsent':
    case 'lost':
      return 'unavailable';
    case 'garbled':
    case 'oversized':
      return 'malformed';
  }
}
