import { readFileSync } from 'node:fs';

export type RawEnvironment = Readonly<Record<string, string | undefined>>;

/** The process's variables, read once. Every variable may be given as `NAME_FILE`, the path of a file that holds it. */
export class Environment {
  constructor(private readonly values: RawEnvironment) {}

  /** The trimmed value; undefined when unset or empty. Throws when `NAME_FILE` names a file that can't be read. */
  text(name: string): string | undefined {
    const direct = this.values[name]?.trim();
    if (direct) return direct;
    const path = this.values[`${name}_FILE`]?.trim();
    return path ? readFileSync(path, 'utf8').trim() || undefined : undefined;
  }

  /** A comma-separated list without its empty items. */
  list(name: string): string[] {
    return (this.text(name) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
}

/** The only door to `process.env`. */
export function loadEnvironment(values: RawEnvironment = process.env): Environment {
  return new Environment(values);
}
