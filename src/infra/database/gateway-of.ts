import type { Pool as MysqlPool } from 'mysql2';
import type { Pool as PostgresPool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Gateway } from './gateway';
import { MysqlGateway } from './mysql-gateway';
import { PostgresGateway } from './postgres-gateway';

/** The pool that TypeORM has opened, shared by both. */
export function gatewayOf(dataSource: DataSource): Gateway {
  const driver = dataSource.driver as unknown as { master: PostgresPool } | { pool: MysqlPool };
  return 'master' in driver ? new PostgresGateway(driver.master) : new MysqlGateway(driver.pool);
}
