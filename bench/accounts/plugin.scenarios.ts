import { Fernet } from '../../src/infra/crypto/fernet';
import type { Scenario } from '../scenario';
import type { BenchClient } from '../client';

export async function pluginScenarios(client: BenchClient, key: string): Promise<Scenario[]> {
  const fernet = new Fernet([key]);
  const known = fernet.encrypt('4711', new Date());
  await client.post('/plugin_user/', { sefaria_id: known }, 201);
  let next = 1_000_000;
  return [
    {
      name: 'plugin GET',
      status: 200,
      plan: () => ({ method: 'GET', path: '/plugin_user/', headers: { 'plugin-user-id': known } }),
    },
    {
      name: 'plugin POST',
      status: 201,
      plan: () => ({
        method: 'POST',
        path: '/plugin_user/',
        setupRequest: (request) => ({
          ...request,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ sefaria_id: fernet.encrypt(String((next += 1)), new Date()) }),
        }),
      }),
    },
  ];
}
