import type { FastifyInstance, RouteOptions } from 'fastify';
import type { InjectOptions, Response } from 'light-my-request';
import { buildApp } from '../../src/app';
import type { Access } from '../../src/common/access';
import { ApiDocument } from '../../src/infra/docs/api-document';
import { METHODS, type Operation, operationsOf } from '../../src/infra/docs/open-api.types';
import { routeHandlers } from '../../src/infra/docs/route-handlers';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { closeAfterSpec } from '../setup/spec-database';
import { startTestApp, type TestApp } from '../setup/test-app';
import { testEnvironment } from '../setup/test-settings';

interface Route {
  readonly method: Uppercase<(typeof METHODS)[number]>;
  readonly path: string;
  /** Of no thing that is there. */
  readonly url: string;
  readonly operation: Operation;
}

let app: TestApp;
let routes: Route[];
let somebody: LoggedIn;

beforeAll(async () => {
  app = await startTestApp();
  routes = Object.entries(app.get(ApiDocument).complete().paths).flatMap(([path, item]) =>
    operationsOf(item).map(([method, operation]) => ({
      method: method.toUpperCase() as Route['method'],
      path,
      url: path.replace(/\{\w+\}/g, '999999'),
      operation,
    })),
  );
  somebody = await loggedIn(app);
});

const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

function needs(scheme: string): Route[] {
  const found = routes.filter(
    ({ operation: { security = [] } }) => security.length > 0 && scheme in (security[0] ?? {}),
  );
  expect(found.length).toBeGreaterThan(0);
  return found;
}

/** The answer, and those that the document shows for its status: it should be one of them, word for word. */
function compared(
  { operation }: Route,
  answer: Response,
): { readonly answered: object; readonly documented: object[] } {
  const described = operation.responses[answer.statusCode];
  const contents = described === undefined || '$ref' in described ? {} : (described.content ?? {});
  const [type = ''] = String(answer.headers['content-type']).split(';');
  const examples = Object.values(contents[type]?.examples ?? {});
  return {
    answered: withoutRequestId(answer.json<object>()),
    documented: examples.flatMap((example) => ('value' in example ? withoutRequestId(example.value as object) : [])),
  };
}

function withoutRequestId(body: object): object {
  return { ...body, request_id: undefined };
}

async function expectRefused(route: Route, status: number, request: Promise<Response>): Promise<void> {
  const answer = await request;
  expect([nameOf(route), answer.statusCode]).toEqual([nameOf(route), status]);
  const { answered, documented } = compared(route, answer);
  expect(documented).toContainEqual(answered);
}

function stranger({ method, url }: Route, more: Pick<InjectOptions, 'headers' | 'payload'> = {}): Promise<Response> {
  return app.inject({ method, url, ...more });
}

it('every route of the server has a handler with exactly one access marker, and stands in the document', async () => {
  const served: string[] = [];
  const fresh = await buildApp({ environment: await testEnvironment() });
  closeAfterSpec(() => fresh.close());
  const record = ({ method, url }: RouteOptions): void => {
    for (const name of [method].flat()) served.push(`${name} ${url}`);
  };
  const server: FastifyInstance = fresh.getHttpAdapter().getInstance();
  server.addHook('onRoute', record);
  await fresh.init();
  const normal = (path: string): string => path.replace(/:(\w+)/g, '{$1}').replace(/(.)\/$/, '$1');
  const known = METHODS.map((method) => method.toUpperCase());
  const paths = served.filter((route) => known.includes(route.split(' ')[0] ?? '')).map(normal);
  expect([...new Set(paths)].sort()).toEqual(routes.map(nameOf).map(normal).sort());

  // A second marker on a handler stops the start: see src/common/access.ts.
  const kinds: readonly Access['kind'][] = ['public', 'optional', 'authenticated', 'roles', 'signed-by', 'plugin-user'];
  const handlers = [...routeHandlers(fresh).values()];
  expect(
    handlers.filter(({ access }) => !kinds.includes(access?.kind as Access['kind'])).map(({ name }) => name),
  ).toEqual([]);
  expect(handlers.length).toBeGreaterThan(50);
});

it('shuts out strangers where an account is needed, as documented', async () => {
  for (const route of needs('cookie')) await expectRefused(route, 401, stranger(route));
});

it('shuts out tokens that are none, as documented', async () => {
  for (const route of needs('cookie')) {
    await expectRefused(route, 401, stranger(route, { headers: { authorization: 'Bearer x.y.z' } }));
    await expectRefused(route, 401, stranger(route, { headers: { authorization: `Token ${'0'.repeat(40)}` } }));
  }
});

it('shuts out accounts without the role, as documented', async () => {
  const guarded = routes.filter(({ operation }) => 'x-roles' in operation);
  expect(guarded.length).toBeGreaterThan(10);
  for (const route of guarded) await expectRefused(route, 403, somebody.call(route.method, route.url));
});

it('has roles on every path under /admin/', () => {
  const admin = routes.filter(({ path }) => path.startsWith('/admin'));
  expect(admin.filter(({ operation }) => !('x-roles' in operation)).map(nameOf)).toEqual([]);
});

it('shuts out callers without a signature', async () => {
  for (const route of needs('lernito-signature')) {
    const answer = await stranger(route, { headers: { 'content-type': 'application/json' }, payload: '{}' });
    expect([nameOf(route), answer.statusCode]).toEqual([nameOf(route), 401]);
  }
});

it('shuts out plugins without a user, as documented', async () => {
  for (const route of needs('plugin-user')) await expectRefused(route, 400, stranger(route));
});

it('refuses the cookies that a page of another site sends along, as documented', async () => {
  const login = await app.inject({
    method: 'POST',
    url: '/api/user/signup/',
    payload: { username: 'visitor', email: 'visitor@example.org', password: 'correct-Horse-7-battery' },
  });
  const cookie = login.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  for (const route of needs('cookie').filter(({ method }) => method !== 'GET')) {
    const headers = { cookie, origin: 'https://evil.example' };
    await expectRefused(route, 403, stranger(route, { headers }));
  }
});

it('refuses bodies that are not JSON, as documented', async () => {
  for (const route of routes.filter(({ operation }) => operation.requestBody !== undefined)) {
    await expectRefused(route, 415, stranger(route, { headers: { 'content-type': 'text/plain' }, payload: 'x' }));
  }
});

it('answers no request of a stranger with an error of its own', async () => {
  for (const route of routes.filter(({ path }) => path !== '/api/user/delete/')) {
    const answer = await stranger(route, { headers: { 'content-type': 'application/json' }, payload: '{}' });
    expect([nameOf(route), answer.statusCode < 500]).toEqual([nameOf(route), true]);
    expect([nameOf(route), String(answer.statusCode) in route.operation.responses]).toEqual([nameOf(route), true]);
  }
});
