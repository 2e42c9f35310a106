import type { JsonObject } from '../../infra/outbox/fact';
import type { EventType } from './event-type.rules';

/** What a fact is to the one account that it concerns. */
export interface OutgoingEvent {
  readonly type: EventType;
  readonly ownerId: number;
  /** ISO 8601; absent where the fact doesn't say: then it is now. */
  readonly at?: string;
  readonly data: JsonObject;
  /** Somebody whom `data` names under `as`: by id and username, as far as there is such an account. */
  readonly person?: { readonly as: string; readonly id: number | null };
}
