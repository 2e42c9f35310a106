// What .ci/run asks of a database server, through the drivers the application uses. `made` counts the
// databases ever created on it: a suite that leaves the count as it was has not run there.
// Usage: node .ci/database.mjs ping|list|made <url> | create|drop <url> <name>
import mysql from 'mysql2/promise';
import pg from 'pg';

const [verb, url, name] = process.argv.slice(2);

const dialects = {
  postgres: {
    ping: 'SELECT version() AS answer',
    list: 'SELECT datname AS answer FROM pg_database ORDER BY 1',
    made: 'SELECT tup_inserted AS answer FROM pg_stat_database WHERE datid = 0',
    create: `CREATE DATABASE "${name}"`,
    drop: `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`,
    connect: async () => {
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
      await client.connect();
      return { query: async (text) => (await client.query(text)).rows, end: () => client.end() };
    },
  },
  mysql: {
    ping: 'SELECT version() AS answer',
    list: 'SELECT schema_name AS answer FROM information_schema.schemata ORDER BY 1',
    made: "SHOW GLOBAL STATUS LIKE 'Com_create_db'",
    create: `CREATE DATABASE \`${name}\``,
    drop: `DROP DATABASE IF EXISTS \`${name}\``,
    connect: async () => {
      const client = await mysql.createConnection({ uri: url, connectTimeout: 3000 });
      return { query: async (text) => (await client.query(text))[0], end: () => client.end() };
    },
  },
};

const dialect = url.startsWith('postgres') ? dialects.postgres : dialects.mysql;
try {
  const server = await dialect.connect();
  const rows = await server.query(dialect[verb]);
  if (Array.isArray(rows)) for (const row of rows) console.log(row.answer ?? row.Value);
  await server.end();
} catch (error) {
  console.error(`${verb}: ${error.message || error.code}`);
  process.exit(1);
}
