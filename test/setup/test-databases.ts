import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { Client } from 'pg';
import { templateName, type TestRun } from './test-run';

/** Makes and drops the databases of a test run. */
export interface TestDatabases {
  createEmpty(name: string): Promise<void>;
  /** A migrated one, by copying the template and not by migrating. */
  createCopy(name: string): Promise<void>;
  drop(name: string): Promise<void>;
  /** Every database of the run. */
  dropAll(): Promise<void>;
  /** MySQL has no templates: what createCopy will need of this one. */
  describe(name: string): Promise<string[]>;
}

export function testDatabases(run: TestRun): TestDatabases {
  return run.adminUrl.startsWith('mysql:') ? new MysqlDatabases(run) : new PostgresDatabases(run);
}

class PostgresDatabases implements TestDatabases {
  constructor(private readonly run: TestRun) {}

  createEmpty(name: string): Promise<void> {
    return this.execute(`create database "${name}"`);
  }

  createCopy(name: string): Promise<void> {
    return this.execute(`create database "${name}" template "${templateName(this.run)}" strategy file_copy`);
  }

  drop(name: string): Promise<void> {
    return this.execute(`drop database if exists "${name}" with (force)`);
  }

  async dropAll(): Promise<void> {
    for (const { datname } of await this.rows<{ datname: string }>('select datname from pg_database')) {
      if (datname.startsWith(this.run.prefix)) await this.drop(datname);
    }
  }

  describe(): Promise<string[]> {
    return Promise.resolve([]);
  }

  private async execute(sql: string): Promise<void> {
    await this.rows(sql);
  }

  private async rows<T extends object>(sql: string): Promise<T[]> {
    const client = new Client({ connectionString: this.run.adminUrl });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }
}

class MysqlDatabases implements TestDatabases {
  constructor(private readonly run: TestRun) {}

  createEmpty(name: string): Promise<void> {
    return this.use((connection) => create(connection, name));
  }

  createCopy(name: string): Promise<void> {
    return this.use(async (connection) => {
      await create(connection, name);
      await connection.query(`use \`${name}\`; ${this.run.rebuild.join(';')}`);
    });
  }

  drop(name: string): Promise<void> {
    return this.use(async (connection) => {
      await connection.query(`drop database if exists \`${name}\``);
    });
  }

  dropAll(): Promise<void> {
    return this.use(async (connection) => {
      const [databases] = await connection.query<RowDataPacket[]>('show databases');
      const names = databases.map((row) => String(row.Database)).filter((name) => name.startsWith(this.run.prefix));
      for (const name of names) await connection.query(`drop database \`${name}\``);
    });
  }

  /**
   * `show create table` says all there is to a table, foreign keys and checks too, but for its indexes' stop words, of
   * which migrations leave none; rows are what migrations put in.
   */
  describe(name: string): Promise<string[]> {
    return this.use(async (connection) => {
      const statements = ['set foreign_key_checks = 0, innodb_ft_enable_stopword = 0'];
      const [tables] = await connection.query<RowDataPacket[]>(`show full tables from \`${name}\``);
      for (const table of tables.map((row) => String(Object.values(row)[0]))) {
        const [[made]] = await connection.query<RowDataPacket[]>(`show create table \`${name}\`.\`${table}\``);
        statements.push(
          String(made?.['Create Table']),
          `insert into \`${table}\` select * from \`${name}\`.\`${table}\``,
        );
      }
      return [...statements, 'set foreign_key_checks = 1'];
    });
  }

  private async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await createConnection({ uri: this.run.adminUrl, multipleStatements: true });
    try {
      return await work(connection);
    } finally {
      await connection.end();
    }
  }
}

async function create(connection: Connection, name: string): Promise<void> {
  await connection.query(`create database \`${name}\` character set utf8mb4 collate utf8mb4_bin`);
}
