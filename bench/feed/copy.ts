import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from } from 'pg-copy-streams';

export type Value = string | number | boolean | Date | null;

export interface TableRows {
  readonly table: string;
  readonly columns: readonly string[];
  rows(this: void): Iterable<readonly Value[]>;
}

const CHUNK_CHARACTERS = 256 * 1024;

/** Streams the rows by COPY. */
export async function copyInto(client: Client, { table, columns, rows }: TableRows): Promise<void> {
  await withoutIndexes(client, table, async () => {
    const target = client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`));
    await pipeline(Readable.from(chunksOf(rows())), target);
  });
}

/** Fills a table whose indexes and foreign keys are made when it is full. */
export async function withoutIndexes(client: Client, table: string, work: () => Promise<unknown>): Promise<void> {
  const rebuild = await strip(client, table);
  await work();
  for (const statement of rebuild) await client.query(statement);
}

function* chunksOf(rows: Iterable<readonly Value[]>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map(cellOf).join('\t')}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function cellOf(value: Value): string {
  if (value === null) return '\\N';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value.replace(/[\\\n\t\r]/g, (special) => ESCAPES[special] ?? '') : String(value);
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** Takes off all but the primary key, and gives the statements that put it back. */
async function strip(client: Client, table: string): Promise<string[]> {
  const { rows: constraints } = await client.query<{ name: string; definition: string }>(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
      where conrelid = $1::regclass and contype in ('u', 'f')`,
    [table],
  );
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select i.relname as name, pg_get_indexdef(i.oid) as definition
       from pg_index x join pg_class i on i.oid = x.indexrelid
      where x.indrelid = $1::regclass and not exists (select 1 from pg_constraint c where c.conindid = i.oid)`,
    [table],
  );
  for (const { name } of constraints) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  return [
    ...indexes.map(({ definition }) => definition),
    ...constraints.map(({ name, definition }) => `alter table ${table} add constraint ${name} ${definition}`),
  ];
}
