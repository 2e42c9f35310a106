import type { Scenario } from '../scenario';
import type { BenchClient, Credentials } from '../client';

export async function profileScenario(client: BenchClient, member: Credentials): Promise<Scenario> {
  const { access } = await client.logIn(member);
  return {
    name: 'profile by cookie',
    status: 200,
    plan: () => ({ method: 'GET', path: '/api/user/profile/', headers: { cookie: `access_token=${access}` } }),
  };
}

/** Sessions take turns; each always sends the token it was answered last. */
export function refreshScenario(client: BenchClient, member: Credentials): Scenario {
  return {
    name: 'refresh',
    status: 200,
    async plan(_url, connections) {
      const tokens = await inTurn(connections * 2, async () => (await client.logIn(member)).refresh);
      return {
        method: 'POST',
        path: '/api/token/refresh/',
        setupRequest: (request) => ({
          ...request,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ refresh: tokens.shift() }),
        }),
        onResponse: (_status, body) => {
          tokens.push((JSON.parse(body) as { refresh: string }).refresh);
        },
      };
    },
  };
}

async function inTurn<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  while (made.length < count) made.push(await make());
  return made;
}
