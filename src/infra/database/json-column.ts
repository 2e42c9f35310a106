/** A list that a statement put together as JSON: text on PostgreSQL, and on MySQL what its driver may have parsed. */
export type JsonList<T> = string | readonly T[] | null;

/** A list of its own. NULL is an empty one. */
export function listOf<T>(json: JsonList<T>): T[] {
  return typeof json === 'string' ? (JSON.parse(json) as T[]) : [...(json ?? [])];
}
