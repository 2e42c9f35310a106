import { join } from 'node:path';
import type { SettingsReader } from './settings-reader';

export type DatabaseSettings = { readonly poolSize: number } & (
  | { readonly kind: 'embedded'; readonly directory: string }
  | { readonly kind: 'postgres' | 'mysql'; readonly url: string }
);

export type Dialect = 'postgres' | 'mysql';

const KIND_OF_PROTOCOL: Readonly<Record<string, Dialect>> = {
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
};

/** DATABASE_URL, then the names that JawsDB and the old servers use; none = the embedded PostgreSQL in DATA_DIR. */
export function readDatabase(reader: SettingsReader, dataDir: string): DatabaseSettings {
  const poolSize = reader.integer('DATABASE_POOL_SIZE', 10, 2, 200);
  const url = databaseUrl(reader);
  if (url === undefined) {
    if (reader.isProduction) reader.fault('DATABASE_URL is missing');
    return { kind: 'embedded', directory: join(dataDir, 'postgres'), poolSize };
  }
  const kind = URL.canParse(url.value) ? KIND_OF_PROTOCOL[new URL(url.value).protocol] : undefined;
  if (kind === undefined) reader.fault(`${url.name} must start with postgres://, mysql:// or mariadb://`);
  return { kind: kind ?? 'postgres', url: url.value, poolSize };
}

function databaseUrl(reader: SettingsReader): { name: string; value: string } | undefined {
  for (const name of ['DATABASE_URL', 'JAWSDB_URL']) {
    const value = reader.text(name);
    if (value !== undefined) return { name, value };
  }
  // The old plugin server took MYSQL_URI as a mere switch, so a value that is no URL leaves the word to MYSQL_HOST.
  const uri = reader.text('MYSQL_URI');
  if (uri !== undefined && URL.canParse(uri)) return { name: 'MYSQL_URI', value: uri };
  const host = reader.text('MYSQL_HOST');
  if (host === undefined) {
    if (uri !== undefined) reader.fault('MYSQL_URI must be a mysql:// URL, or MYSQL_HOST be set');
    return undefined;
  }
  const url = new URL('mysql://localhost');
  url.hostname = host;
  url.port = reader.text('MYSQL_PORT') ?? '3306';
  url.username = encodeURIComponent(reader.text('MYSQL_USER') ?? '');
  url.password = encodeURIComponent(reader.text('MYSQL_PASSWORD') ?? '');
  url.pathname = `/${reader.text('MYSQL_DATABASE') ?? ''}`;
  return { name: 'MYSQL_HOST', value: url.toString() };
}
