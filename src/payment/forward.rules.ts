/** A state machine as a table: where each state may go next. */
export type Moves<S extends string> = Readonly<Record<S, readonly S[]>>;

/** Whether `to` lies ahead of `from`, by any number of moves: what was in between may never be heard of. */
export function leadsTo<S extends string>(moves: Moves<S>, from: S, to: S): boolean {
  const ahead = new Set<S>();
  const open = [...moves[from]];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (ahead.has(state)) continue;
    ahead.add(state);
    open.push(...moves[state]);
  }
  return from !== to && ahead.has(to);
}

/** `known` itself where `next` says nothing else, so that callers see by `===` that there is nothing to write. */
export function unlessAlike<R extends object>(known: R, next: R): R {
  const keys = Object.keys(next) as (keyof R)[];
  return keys.every((key) => plain(known[key]) === plain(next[key])) ? known : next;
}

function plain(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}
