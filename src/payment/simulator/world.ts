import type { Events } from './events';
import type { Ids } from './ids';
import type { SimulatedClock } from './simulated-clock';
import type { Store } from './store';

export interface Keys {
  readonly keyId: string;
  readonly keySecret: string;
  readonly webhookSecret: string;
}

/** What every part of the simulator works with. */
export interface World {
  readonly clock: SimulatedClock;
  readonly ids: Ids;
  readonly store: Store;
  readonly events: Events;
  readonly keys: Keys;
  /** Where the simulator answers; known once it listens. */
  url: string;
}
