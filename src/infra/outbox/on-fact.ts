import { SetMetadata } from '@nestjs/common';
import type { JsonObject } from './fact';

export const ON_FACT = 'guildhall:on-fact';

export interface FactSubscription {
  readonly topic: string;
  readonly listener: string;
  /** Whether a fact is for it at all; absent: each one is. */
  readonly concerns?: (payload: JsonObject) => boolean;
}

/** What a listener knows of the delivery beside the fact's payload. `factId` is the same at every attempt. */
export interface Delivery {
  readonly factId: string;
  readonly attempt: number;
}

/**
 * Marks a provider's method `(payload, delivery) => Promise<void>` as a listener. It may be called more than once for
 * one fact and must be idempotent by a unique key. `listener` names it in stored rows: never rename one lightly. Facts that
 * don't concern it are neither stored for it nor told: `concerns` is pure, of the payload alone.
 */
export const OnFact = <P extends JsonObject>(
  topic: string,
  listener: string,
  concerns?: (payload: P) => boolean,
): MethodDecorator => SetMetadata(ON_FACT, { topic, listener, concerns } as FactSubscription);
