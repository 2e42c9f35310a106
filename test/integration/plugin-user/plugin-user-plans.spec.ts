import { dialect } from '../../../src/infra/config/dialect';
import { Gateway } from '../../../src/infra/database/gateway';
import type { Statement } from '../../../src/infra/database/statement';
import { PluginRegistry } from '../../../src/plugin-user/plugin-registry';
import { PluginUserService } from '../../../src/plugin-user/plugin-user.service';
import { itOnPostgres } from '../../setup/on-postgres';
import { TEST_SECRETS } from '../../setup/test-settings';
import type { TestDatabase } from '../../setup/test-database';
import { bytes, startPluginUsers, tokenOf } from './plugin-user-kit';

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}

const PLUGINS = 5_000;
const USERS = 50_000;

let db: TestDatabase;
let users: PluginUserService;

beforeAll(async () => {
  if (dialect !== 'postgres') return;
  db = await startPluginUsers();
  users = db.get(PluginUserService);
  await db.dataSource.query(
    `insert into plugin (name, description, url, image, allowed_origins, created_at, updated_at)
     select 'p' || n, '', '', '', '[]', now(), now() from generate_series(1, ${PLUGINS}) n`,
  );
  await db.dataSource.query(
    `insert into plugin_user (plugin_id, sefaria_id, data, created_at, updated_at)
     select p.id, n, '{}', now(), now() from plugin p, generate_series(1, ${USERS / PLUGINS}) n`,
  );
  await db.dataSource.query(
    `insert into plugin_key (plugin_id, fingerprint, created_at) select p.id, n, now() from plugin p, generate_series(1, 5) n`,
  );
  await db.dataSource.query('analyze plugin, plugin_user, plugin_key');
});

/** What was asked of the database meanwhile. */
async function statements(
  work: () => Promise<unknown>,
): Promise<{ statement: Statement; values: readonly unknown[] }[]> {
  const run = jest.spyOn(db.get(Gateway), 'run');
  await work();
  const calls = run.mock.calls.map(([statement, values]) => ({ statement, values }));
  run.mockRestore();
  return calls;
}

async function nodes({ statement, values }: { statement: Statement; values: readonly unknown[] }): Promise<Plan[]> {
  type Row = { 'QUERY PLAN': { Plan: Plan }[] };
  const [row] = await db.dataSource.query<Row[]>(`explain (format json) ${statement.postgres}`, [...values]);
  const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];
  return flat(row!['QUERY PLAN'][0]!.Plan);
}

itOnPostgres('GET is one read by the unique index, POST one write', async () => {
  const plugin = (await db.get(PluginRegistry).legacy())!;
  const token = tokenOf(TEST_SECRETS.SEFARIA_PLUGIN_SECRET, 777)['plugin-user-id'];
  const read = await statements(() => users.get({ plugin, sefariaId: '5' }));
  expect(read.map((call) => call.statement.name)).toEqual(['plugin-user.find']);
  const plan = await nodes(read[0]!);
  expect(plan.map((node) => [node['Node Type'], node['Index Name']])).toEqual([
    ['Index Scan', 'uq_plugin_user_sefaria_id'],
  ]);

  await db
    .get(PluginUserService)
    .create(plugin, bytes({ sefaria_id: tokenOf(TEST_SECRETS.SEFARIA_PLUGIN_SECRET, 776)['plugin-user-id'] }));
  const write = await statements(() => users.create(plugin, bytes({ sefaria_id: token })));
  expect(write.map((call) => call.statement.name)).toEqual(['plugin-user.add']);
});

itOnPostgres('a plugin is loaded with its keys by their indexes, in one read', async () => {
  const { id } = (await db.dataSource.query('select max(id) as id from plugin'))[0] as { id: number };
  const loads = await statements(() => db.get(PluginRegistry).byId(id));
  expect(loads.map((call) => call.statement.name)).toEqual(['plugin.active']);
  const plan = await nodes(loads[0]!);
  expect(plan.map((node) => node['Relation Name'])).toEqual(expect.arrayContaining(['plugin', 'plugin_key']));
  expect(plan.map((node) => node['Node Type'])).not.toContain('Seq Scan');
});
