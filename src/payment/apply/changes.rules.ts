/** What of `next` is not as in `known`; empty where nothing differs. Dates are compared as instants. */
export function changesBetween<R extends object>(known: R, next: R): Partial<R> {
  const keys = Object.keys(next) as (keyof R)[];
  const changed = keys.filter((key) => plain(known[key]) !== plain(next[key]));
  return Object.fromEntries(changed.map((key) => [key, next[key]])) as Partial<R>;
}

export function isEmpty(changes: object): boolean {
  return Object.keys(changes).length === 0;
}

function plain(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}
