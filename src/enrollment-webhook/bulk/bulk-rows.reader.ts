import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { DomainError, invalid } from '../../common/domain-error';
import { strip } from '../../infra/http/fields/python';

/** Of one list. */
export const MOST_ROWS = 50_000;
/** Of one list in bytes. */
export const MOST_BYTES = 16 * 1_048_576;

const LONGEST_EMAIL = 320;
const LONGEST_COURSE = 255;
const CHUNK_BYTES = 65_536;
const LONGEST_RECORD = 8_192;
const COLUMNS = ['email', 'course_id'] as const;
const UNKNOWN = ['Unknown field.'];
const MOST_NAMED = 20;

/** As it was sent; whether it makes sense is found out when it is worked on. */
export interface SentRow {
  readonly email: string;
  readonly courseId: string;
}

/** The rows of `{rows: [{email, course_id}]}`; 400 where it is no such list. */
export function jsonRows(body: Buffer): SentRow[] {
  const { rows, ...others } = objectOf(body);
  const unknown = Object.keys(others);
  if (unknown.length > 0)
    throw invalid(Object.fromEntries(unknown.slice(0, MOST_NAMED).map((name) => [name.slice(0, 100), UNKNOWN])));
  if (rows === undefined) throw invalid({ rows: ['This field is required.'] });
  if (!Array.isArray(rows)) throw invalid({ rows: ['Expected a list of items.'] });
  return bounded(rows).map((row: unknown, index) => (isRecord(row) ? strictRow(row, index) : sentRow({})));
}

/**
 * The rows of a CSV file whose first line names the columns `email` and `course_id`, in any order; others are passed
 * over. Read in pieces, so that other requests are served in between. 400 where it is no such file.
 */
export async function csvRows(body: Buffer): Promise<SentRow[]> {
  const rows: SentRow[] = [];
  const parser = Readable.from(piecesOf(body)).pipe(
    parse({
      bom: true,
      columns: (header: string[]) => columnsOf(header),
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: LONGEST_RECORD,
    }),
  );
  try {
    for await (const record of parser) {
      if (rows.length === MOST_ROWS) throw tooMany();
      rows.push(sentRow(record as Record<string, unknown>));
    }
  } catch (error) {
    throw error instanceof DomainError ? error : invalid({ rows: [`Not a CSV file: ${reasonOf(error)}`] });
  }
  return bounded(rows);
}

function bounded<Row>(rows: Row[]): Row[] {
  if (rows.length === 0) throw invalid({ rows: ['This list may not be empty.'] });
  if (rows.length > MOST_ROWS) throw tooMany();
  return rows;
}

function tooMany(): DomainError {
  return invalid({ rows: [`Ensure this field has no more than ${MOST_ROWS} elements.`] });
}

function objectOf(body: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new DomainError('invalid', 'parse_error', 'The body is not JSON.');
  }
  if (!isRecord(value)) throw invalid({ non_field_errors: ['Expected an object with rows.'] });
  return value;
}

function columnsOf(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0) throw invalid({ rows: [`The first line names no column ${missing.join(' and ')}.`] });
  return names;
}

function* piecesOf(body: Buffer): Generator<Buffer> {
  for (let start = 0; start < body.length; start += CHUNK_BYTES) yield body.subarray(start, start + CHUNK_BYTES);
}

/** Who sends an expiry date does not mean an enrolment without one. */
function strictRow(row: Record<string, unknown>, index: number): SentRow {
  const unknown = Object.keys(row).find((name) => !COLUMNS.some((column) => column === name));
  if (unknown === undefined) return sentRow(row);
  throw invalid({ rows: [`Row ${index + 1} has an unknown field: ${unknown.slice(0, 100)}`] });
}

function sentRow(row: Record<string, unknown>): SentRow {
  return { email: textOf(row['email'], LONGEST_EMAIL), courseId: textOf(row['course_id'], LONGEST_COURSE) };
}

/** What a database can hold of it. One that is too long ends in a mark which makes it neither address nor course key. */
function textOf(value: unknown, longest: number): string {
  const text = typeof value === 'string' || typeof value === 'number' ? strip(String(value)) : '';
  const kept = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return kept.replaceAll('\0', '\uFFFD').toWellFormed();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function reasonOf(error: unknown): string {
  const line = (error as { lines?: unknown }).lines;
  return typeof line === 'number' ? `look at line ${line}.` : 'it can’t be read.';
}
