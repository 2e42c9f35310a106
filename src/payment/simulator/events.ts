import type { SimulatedClock } from './simulated-clock';
import type { SubscriptionEvent } from './subscription.rules';
import type { DisputeStatus } from './entities';

export type EventName =
  | 'payment.authorized'
  | 'payment.captured'
  | 'payment.failed'
  | 'order.paid'
  | 'refund.created'
  | 'refund.processed'
  | 'refund.failed'
  | 'settlement.processed'
  | 'payment.dispute.created'
  | `payment.dispute.${Exclude<DisputeStatus, 'open'>}`
  | `subscription.${SubscriptionEvent}`;

export interface Envelope {
  readonly entity: 'event';
  readonly account_id: string;
  readonly event: EventName;
  readonly contains: readonly string[];
  readonly payload: Readonly<Record<string, { readonly entity: object }>>;
  readonly created_at: number;
}

/** Tells what happened. `deliver` must write the envelope down at once: its entities go on changing. */
export class Events {
  constructor(
    private readonly accountId: string,
    private readonly clock: SimulatedClock,
    private readonly deliver: (envelope: Envelope) => void,
  ) {}

  /** `entities` by their names in the payload; the undefined ones are left out. */
  emit(event: EventName, entities: Readonly<Record<string, object | undefined>>): void {
    const present = Object.entries(entities).filter((pair): pair is [string, object] => pair[1] !== undefined);
    this.deliver({
      entity: 'event',
      account_id: this.accountId,
      event,
      contains: present.map(([name]) => name),
      payload: Object.fromEntries(present.map(([name, entity]) => [name, { entity }])),
      created_at: this.clock.now(),
    });
  }
}
