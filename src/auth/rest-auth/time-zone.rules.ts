import { isTimeZone } from 'class-validator';

const NAME = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

const CANONICAL: ReadonlyMap<string, string> = new Map(
  ['UTC', ...Intl.supportedValuesOf('timeZone')].map((name) => [name.toLowerCase(), name]),
);

/** An IANA name as it is to be stored; undefined for what is none, offsets such as `+05:30` among them. */
export function timeZoneOf(text: string): string | undefined {
  if (!NAME.test(text)) return undefined;
  return CANONICAL.get(text.toLowerCase()) ?? (isTimeZone(text) ? text : undefined);
}
