import type { Json, JsonObject } from '../../infra/outbox/fact';

/** Somebody whom an event names. */
export type Person = { readonly id: number; readonly username: string };

/** An event's body as it is of somebody whose account is closed: they are null in it. */
export function withoutPerson(body: string, id: number): string {
  const event = JSON.parse(body) as { data: JsonObject };
  const data = Object.entries(event.data).map(([name, value]) => [name, isPerson(value, id) ? null : value] as const);
  return JSON.stringify({ ...event, data: Object.fromEntries(data) });
}

function isPerson(value: Json | undefined, id: number): boolean {
  return typeof value === 'object' && value !== null && 'username' in value && 'id' in value && value.id === id;
}
