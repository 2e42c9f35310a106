import { entitiesIn, fieldsOf } from './razorpay-event.rules';

const IDS = ['id', 'order_id', 'payment_id', 'invoice_id', 'subscription_id'] as const;
const MOST_ENTITIES = 20;
const LONGEST = 64;

/** What a call can be found by: the event's name and the ids of what it is about. The body may hold anything. */
export function searchTerms(body: Buffer): string[] {
  const { event, payload } = fieldsOf(parsed(body));
  const entities = entitiesIn(fieldsOf(payload)).slice(0, MOST_ENTITIES);
  const ids = entities.flatMap(([, entity]) => IDS.map((name) => entity[name]));
  const texts = [event, ...ids].flatMap((term) => (typeof term === 'string' ? term.slice(0, LONGEST) : []));
  return [...new Set(texts)];
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
