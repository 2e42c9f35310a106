import { storable } from '../../common/storable';
import { GatewayError } from './gateway-error';
import type { Notes } from './payment-gateway';

/** Razorpay's oldest timestamps are of this century; a later one than this is milliseconds. */
const LAST_SECOND = 253_402_300_799;

type Fields = Readonly<Record<string, unknown>>;

/** Reads the fields of one entity as Razorpay sends it: tolerant of what we don't use, strict in what money hangs on. */
export class EntityReader {
  private readonly fields: Fields;

  /** `entity` names what must be here; an entity that says it is another one is malformed. */
  constructor(
    private readonly entity: string,
    value: unknown,
  ) {
    this.fields = fieldsOf(value) ?? this.refuse('which is no object');
    const named = this.fields.entity;
    if (typeof named === 'string' && named !== entity) this.refuse('entity');
  }

  /** An id such as `pay_29QQoUBi66xm2f`; `prefix` is what stands before the underscore. */
  id(name: string, prefix: string): string {
    return this.idOrNull(name, prefix) ?? this.refuse(name);
  }

  idOrNull(name: string, prefix: string): string | null {
    const value = this.fields[name];
    if (value === null || value === undefined || value === '') return null;
    return isGatewayId(value, prefix) ? value : this.refuse(name);
  }

  /** In minor units: a safe integer, not negative. */
  amount(name: string): number {
    return this.amountOrNull(name) ?? this.refuse(name);
  }

  amountOrNull(name: string): number | null {
    const value = this.fields[name];
    if (value === null || value === undefined) return null;
    return isNatural(value) ? value : this.refuse(name);
  }

  /** A number of charges; a text of digits will do. */
  count(name: string): number {
    return this.countOrNull(name) ?? this.refuse(name);
  }

  countOrNull(name: string): number | null {
    const value = this.fields[name];
    if (value === null || value === undefined) return null;
    const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
    return isNatural(number) ? number : this.refuse(name);
  }

  currency(name = 'currency'): string {
    const value = this.fields[name];
    return typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : this.refuse(name);
  }

  oneOf<T extends string>(name: string, known: readonly T[]): T {
    const value = this.fields[name];
    return known.find((one) => one === value) ?? this.refuse(name);
  }

  text(name: string): string {
    return this.textOrNull(name) ?? this.refuse(name);
  }

  textOrNull(name: string): string | null {
    return textOf(this.fields[name]) ?? null;
  }

  /** Absent and null are false. */
  flag(name: string): boolean {
    const value = this.fields[name];
    if (value === true || value === 1 || value === '1') return true;
    if (value === false || value === 0 || value === '0' || value === null || value === undefined) return false;
    return this.refuse(name);
  }

  time(name: string): Date {
    return this.timeOrNull(name) ?? this.refuse(name);
  }

  /** Unix seconds; 0 is none. */
  timeOrNull(name: string): Date | null {
    const value = this.fields[name];
    if (value === null || value === undefined || value === 0) return null;
    return isNatural(value) && value <= LAST_SECOND ? new Date(value * 1000) : this.refuse(name);
  }

  /** None of them come as `[]`, numbers as numbers, and those of a settlement report as one text, which is none. */
  notes(): Notes {
    const notes = fieldsOf(this.fields.notes) ?? {};
    const texts = Object.entries(notes).map(([name, value]) => [storable(name), textOf(value)] as const);
    return Object.fromEntries(texts.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
  }

  /** An entity inside this one. */
  nested(name: string): EntityReader {
    return new EntityReader(name, this.fields[name]);
  }

  private refuse(field: string): never {
    throw new GatewayError('malformed', `An odd ${this.entity} from Razorpay: ${field}`);
  }
}

/** Whether it can be an id of this kind: nothing else gets into a path or a row. */
export function isGatewayId(value: unknown, prefix: string): value is string {
  if (typeof value !== 'string' || value.length > 40) return false;
  return value.startsWith(`${prefix}_`) && /^[A-Za-z0-9]+$/.test(value.slice(prefix.length + 1));
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function isNatural(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return storable(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
