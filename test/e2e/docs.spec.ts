import type { OpenAPIObject } from '@nestjs/swagger';
import type { Response } from 'light-my-request';
import type { Role } from '../../src/common/access';
import { AccountService } from '../../src/auth/account/account.service';
import { newPerson } from '../factories/person';
import { startTestApp, type TestApp } from '../setup/test-app';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});

type Headers = Record<string, string>;

/** Somebody's credentials in each of the three ways. */
async function credentials(roles: Role[]): Promise<{ cookie: Headers; bearer: Headers; token: Headers }> {
  const { username, email, password } = newPerson();
  await app.get(AccountService).register({ username, email, password, roles, emailVerified: true });
  const post = (url: string): Promise<Response> => app.inject({ method: 'POST', url, payload: { username, password } });
  const browser = await post('/api/token/');
  const { access } = (await post('/authenticate/api/token/')).json<{ access: string }>();
  const { key } = (await post('/authenticate/rest-auth/login/')).json<{ key: string }>();
  return {
    cookie: { cookie: browser.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
    bearer: { authorization: `Bearer ${access}` },
    token: { authorization: `Token ${key}` },
  };
}

async function documentFor(headers: Headers = {}): Promise<OpenAPIObject> {
  const answer = await app.inject({ method: 'GET', url: '/docs-json', headers });
  expect(answer.statusCode).toBe(200);
  return answer.json<OpenAPIObject>();
}

const adminPaths = ({ paths }: OpenAPIObject) => Object.keys(paths).filter((path) => path.startsWith('/admin'));
const schemaNames = ({ components }: OpenAPIObject) => Object.keys(components?.schemas ?? {});

describe('/docs-json', () => {
  it('shows no trace of admin routes to a stranger, nor to an account without roles', async () => {
    const plain = await credentials([]);
    for (const headers of [
      {},
      plain.cookie,
      plain.bearer,
      plain.token,
      { authorization: 'Bearer x.y.z' },
      { cookie: 'access_token=x' },
    ]) {
      const document = await documentFor(headers);
      expect(adminPaths(document)).toEqual([]);
      expect(schemaNames(document)).not.toContain('RegisterPluginRequest');
      expect(JSON.stringify(document)).not.toMatch(/\/admin\/|x-roles|Admin:/);
      expect(Object.keys(document.paths)).toContain('/api/user/profile/');
      expect(schemaNames(document)).toContain('ProfileResponse');
    }
  });

  it('shows them to an administrator, by cookie, bearer or token', async () => {
    const { cookie, bearer, token } = await credentials(['admin']);
    for (const headers of [cookie, bearer, token]) {
      const document = await documentFor(headers);
      expect(adminPaths(document)).toContain('/admin/plugins/');
      expect(schemaNames(document)).toContain('RegisterPluginRequest');
    }
    expect(adminPaths(await documentFor())).toEqual([]);
  });

  it('shows support what support may do', async () => {
    const { bearer } = await credentials(['support']);
    const document = await documentFor(bearer);
    expect(adminPaths(document)).toContain('/admin/enrollments/');
    expect(adminPaths(document)).not.toContain('/admin/plugins/');
    expect(document.paths['/admin/courses/']).toHaveProperty('get');
    expect(document.paths['/admin/courses/']).not.toHaveProperty('post');
  });

  it('is kept by no cache, which could show it to somebody else', async () => {
    const { headers } = await app.inject({ method: 'GET', url: '/docs-json' });
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['vary']).toMatch(/Cookie, Authorization/);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });
});

describe('/docs', () => {
  it.each(['/docs', '/docs/'])('%s is a page that runs scripts of this origin only', async (url) => {
    const { statusCode, headers } = await app.inject({ method: 'GET', url });
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).toMatch(/connect-src 'self'(;|$)/);
  });

  it('has all its files, in the types that browsers want', async () => {
    const page = await app.inject({ method: 'GET', url: '/docs' });
    const files = Array.from(page.body.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g), ([, url = '']) => url);
    expect(files.length).toBeGreaterThan(3);
    for (const url of files) {
      const { statusCode, headers, rawPayload } = await app.inject({ method: 'GET', url });
      expect(statusCode).toBe(200);
      expect(headers['content-type']).toMatch(/^(text\/(javascript|css)|image\/png)/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(Number(headers['content-length'])).toBe(rawPayload.length);
    }
  });

  it.each(['/docs/none', '/docs/..%2f..%2fpackage.json', '/docs/docs.controller.ts'])('%s is 404', async (url) => {
    const { statusCode, headers } = await app.inject({ method: 'GET', url });
    expect(statusCode).toBe(404);
    expect(headers['cache-control']).toBe('no-store');
  });
});
