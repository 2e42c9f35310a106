import { SetMetadata } from '@nestjs/common';

export const ON_FACT = 'guildhall:on-fact';

export interface FactSubscription {
  readonly topic: string;
  readonly listener: string;
}

/** What a listener knows of the delivery beside the fact's payload. `factId` is the same at every attempt. */
export interface Delivery {
  readonly factId: string;
  readonly attempt: number;
}

/**
 * Marks a provider's method `(payload, delivery) => Promise<void>` as a listener. It may be called more than once for
 * one fact and must be idempotent by a unique key. `listener` names it in stored rows: never rename one lightly.
 */
export const OnFact = (topic: string, listener: string): MethodDecorator =>
  SetMetadata(ON_FACT, { topic, listener } satisfies FactSubscription);
