import type { Environment } from './environment';

const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Reads typed values and gathers every fault, so that an operator sees all of them at once. */
export class SettingsReader {
  readonly faults: string[] = [];
  readonly warnings: string[] = [];

  constructor(private readonly environment: Environment) {}

  get isProduction(): boolean {
    return this.text('NODE_ENV') === 'production';
  }

  text(name: string): string | undefined {
    try {
      return this.environment.text(name);
    } catch {
      this.fault(`${name}_FILE names a file that can't be read`);
      return undefined;
    }
  }

  list(name: string): string[] {
    return this.text(name) === undefined ? [] : this.environment.list(name);
  }

  choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const value = this.text(name) ?? fallback;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) this.fault(`${name} must be one of ${choices.join(', ')}`);
    return chosen ?? fallback;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.text(name)?.toLowerCase();
    if (value === undefined) return fallback;
    if (['on', 'true', '1', 'yes'].includes(value)) return true;
    if (['off', 'false', '0', 'no'].includes(value)) return false;
    this.fault(`${name} must be on or off`);
    return fallback;
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= min && number <= max) return number;
    this.fault(`${name} must be a whole number from ${min} to ${max}`);
    return fallback;
  }

  /** `90`, `90s`, `5m`, `12h` or `14d`, answered in seconds. */
  seconds(name: string, fallback: number, min: number): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const [, amount, unit] = /^(\d{1,9})([smhd]?)$/.exec(value) ?? [];
    const seconds = Number(amount) * UNIT_SECONDS[(unit || 's') as keyof typeof UNIT_SECONDS];
    if (amount !== undefined && seconds >= min) return seconds;
    this.fault(`${name} must be a duration such as 90s, 5m, 12h or 14d, at least ${min} seconds`);
    return fallback;
  }

  url(name: string, protocols: readonly string[]): URL | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url !== undefined && protocols.includes(url.protocol)) return url;
    this.fault(`${name} must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
    return undefined;
  }

  /** A feature is on when any of its settings is given, and then needs all of them. */
  allOrNone(names: readonly string[]): void {
    const missing = names.filter((name) => this.text(name) === undefined);
    if (missing.length === 0 || missing.length === names.length) return;
    this.fault(`${missing.join(', ')} must be set too, because another setting of the same feature is`);
  }

  fault(text: string): void {
    if (!this.faults.includes(text)) this.faults.push(text);
  }

  warn(text: string): void {
    this.warnings.push(text);
  }
}
