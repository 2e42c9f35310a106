import mysql2, { type Pool, type PoolOptions, type TypeCastField, type TypeCastNext } from 'mysql2';
import { type PoolClient, types } from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { migrationClasses } from './migrations';
import { mysqlTls } from './mysql-tls';
import { OrmLogger } from './orm-logger';
import { MYSQL_ISOLATION, MYSQL_SESSION, POSTGRES_SESSION } from './session-settings';

/** A server of others behind a URL, or the embedded one's socket. */
export type DatabaseAddress = UrlAddress | SocketAddress;

interface UrlAddress {
  readonly kind: 'postgres' | 'mysql';
  readonly url: string;
}

export interface SocketAddress {
  readonly kind: 'socket';
  /** The folder of the socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_TIMEOUT_MS = 300_000;

export function dataSourceOptions(address: DatabaseAddress, poolSize: number): DataSourceOptions {
  const common: Pick<DataSourceOptions, 'migrations' | 'isolationLevel' | 'poolSize' | 'logger'> = {
    migrations: migrationClasses(),
    isolationLevel: 'READ COMMITTED',
    poolSize,
    logger: new OrmLogger(),
  };
  switch (address.kind) {
    case 'mysql':
      return { ...common, ...mysqlOptions(address.url, poolSize) };
    case 'postgres':
      return { ...common, ...postgresOptions, url: address.url };
    case 'socket': {
      const { host, port, user: username, database } = address;
      return { ...common, ...postgresOptions, host, port, username, database };
    }
  }
}

const BIGINT = 20;
const DATE = 1082;

/** Per pool, not for the whole process: `date` stays the text it is instead of a midnight in the server's time zone. */
const postgresTypes = {
  getTypeParser(type: number, format?: 'text' | 'binary') {
    if (type === BIGINT) return Number;
    if (type === DATE) return String;
    return types.getTypeParser(type, format) as (value: string) => unknown;
  },
};

const postgresOptions = {
  type: 'postgres' as const,
  applicationName: 'guildhall',
  connectTimeoutMS: CONNECT_TIMEOUT_MS,
  installExtensions: false,
  extra: {
    types: postgresTypes,
    pipeline: true,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    onConnect: (client: PoolClient) => client.query(POSTGRES_SESSION),
  },
};

function mysqlOptions(url: string, poolSize: number) {
  return {
    type: 'mysql' as const,
    driver: preparedMysql,
    url: url.replace(/^mariadb:/, 'mysql:'),
    ssl: mysqlTls(url),
    connectTimeout: CONNECT_TIMEOUT_MS,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    dateStrings: ['DATE'],
    extra: { typeCast: booleans, maxIdle: poolSize, idleTimeout: IDLE_TIMEOUT_MS },
  };
}

/** `boolean` is tinyint(1). */
function booleans(field: TypeCastField, next: TypeCastNext): unknown {
  if (field.type !== 'TINY' || field.length !== 1) return next();
  const text = field.string();
  return text === null ? null : text !== '0';
}

/** mysql2's pool runs these before it hands out a new connection; one that can't be set up right is thrown away. */
const preparedMysql = {
  ...mysql2,
  createPool(options: PoolOptions): Pool {
    const pool = mysql2.createPool(options);
    pool.on('connection', (connection) => {
      for (const sql of [MYSQL_ISOLATION, MYSQL_SESSION]) {
        connection.query(sql, (error) => {
          if (error) connection.destroy();
        });
      }
    });
    return pool;
  },
};
