import { randomBytes } from 'node:crypto';
import { benchDatabase } from '../bench-database';
import type { Suite } from '../scenario';
import { BenchClient } from '../client';
import { enrolmentScenarios } from './enrolment.scenarios';
import { pluginScenarios } from './plugin.scenarios';
import { profileScenario, refreshScenario } from './session.scenarios';

const secret = (): string => randomBytes(32).toString('base64url');
const admin = { ADMIN_USERNAME: 'bench-admin', ADMIN_EMAIL: 'admin@bench.example', ADMIN_PASSWORD: secret() };
const administrator = { username: admin.ADMIN_USERNAME, password: admin.ADMIN_PASSWORD };
const environment = {
  ...admin,
  JWT_SECRET: secret(),
  FIELD_ENCRYPTION_KEY: secret(),
  SEFARIA_PLUGIN_SECRET: `${randomBytes(32).toString('base64').slice(0, 43).replaceAll('+', '-').replaceAll('/', '_')}=`,
  LERNITO_WEBHOOK_SECRET: secret(),
};

/** Profile by cookie, refresh, plugin users and enrolments. */
export const accountsSuite: Suite = {
  bareServer: 'accounts/bare/server.js',
  environment,
  databases: async () => [await benchDatabase()],
  async prepare(appUrl, databaseUrl) {
    const client = new BenchClient(appUrl);
    const username = 'bench-member';
    const password = secret();
    await client.post('/api/user/signup/', { username, password, email: 'member@bench.example' }, 201);
    return [
      await profileScenario(client, { username, password }),
      refreshScenario(client, { username, password }),
      ...(await pluginScenarios(client, environment.SEFARIA_PLUGIN_SECRET)),
      ...(await enrolmentScenarios(client, environment.LERNITO_WEBHOOK_SECRET, administrator, databaseUrl)),
    ];
  },
};
