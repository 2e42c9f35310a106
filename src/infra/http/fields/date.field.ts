import { refuse, type Check } from './refusal';

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const DATE_TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d{0,6})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
const WRONG_DATE = 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.';
const WRONG_DATE_TIME =
  'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].';

/** A calendar day as `YYYY-MM-DD`; the day exists, and one-digit months and days are filled up, as in Django. */
export function dateCheck(): Check<string> {
  return (value) => {
    const [, year = '', month = '', day = ''] = (typeof value === 'string' && DATE.exec(value)) || [];
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isDay(date) ? date : refuse(WRONG_DATE);
  };
}

/** A moment, to the millisecond; without an offset it is meant in UTC. */
export function dateTimeCheck(): Check<Date> {
  return (value) => {
    const parts = typeof value === 'string' ? DATE_TIME.exec(value) : null;
    if (parts === null) return refuse(WRONG_DATE_TIME);
    const [, year = '', month = '', day = '', hour = '', minute = '', second = '0', fraction = '', zone = 'Z'] = parts;
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const time = [hour, minute, second].map((part) => part.padStart(2, '0')).join(':');
    const moment = new Date(`${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${offset(zone)}`);
    return isDay(date) && Number(hour) <= 23 && isInCalendar(moment) ? moment : refuse(WRONG_DATE_TIME);
  };
}

/** An offset may move a moment out of the years that databases and other programs can write. */
function isInCalendar(moment: Date): boolean {
  const year = moment.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

function isDay(date: string): boolean {
  const moment = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date) && !date.startsWith('0000');
}

function offset(zone: string): string {
  if (zone.toUpperCase() === 'Z') return 'Z';
  const digits = zone.replace(':', '').padEnd(5, '0');
  return `${digits.slice(0, 3)}:${digits.slice(3)}`;
}
