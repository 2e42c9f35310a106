import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { DOCS_ASSETS, docsPage, readAsset } from './docs-assets';

const MINUTE = 60_000;

describe('the page of Swagger UI', () => {
  const html = docsPage().toString();

  it('has neither inline scripts nor inline styles nor handlers, as the content security policy wants it', () => {
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/);
  });

  it('asks for nothing but files that are served from here', () => {
    const asked = Array.from(html.matchAll(/(?:src|href)="([^"]+)"/g), ([, url]) => url);
    expect(asked.sort()).toEqual([...[...DOCS_ASSETS.keys()].map((name) => `/docs/${name}`), '/docs-json'].sort());
  });

  it.each([...DOCS_ASSETS.keys()])('finds %s', (name) => {
    expect(readAsset(name)?.bytes.length).toBeGreaterThan(100);
  });

  it.each(['', '..', '../docs.controller.ts', 'package.json', '__proto__', 'index.html'])('serves no %p', (name) => {
    expect(readAsset(name)).toBeUndefined();
  });
});

interface Submit {
  preventDefault(): void;
}

class Element {
  hidden = true;
  textContent = '';
  disabled = false;
  fields: Record<string, string> = {};
  submit: ((event: Submit) => Promise<void>) | undefined;
  readonly button: { disabled: boolean } = { disabled: false };

  addEventListener(_type: string, listener: (event: Submit) => Promise<void>): void {
    this.submit = listener;
  }

  querySelector(): { disabled: boolean } {
    return this.button;
  }

  reset(): void {
    this.fields = {};
  }
}

/** The page's script among as much of a browser as it uses, in front of a server that knows one account. */
async function open({ cookie = false, remembered = false } = {}) {
  const elements: Record<string, Element> = {};
  const calls: string[] = [];
  const specs: string[] = [];
  const storage = new Map<string, string>(remembered ? [['guildhall-docs-logged-in', 'yes']] : []);
  const server = { access: cookie, refresh: cookie || remembered, down: false };
  const clock = { now: 10 * MINUTE };
  let options: Record<string, unknown> = {};

  const answer = (method: string, path: string, body: Record<string, string>): [number, object] => {
    switch (`${method} ${path}`) {
      case 'GET /api/user/profile/':
        return server.access ? [200, { username: 'ada' }] : [401, { detail: 'no' }];
      case 'POST /api/token/':
        server.access = server.refresh = body['password'] === 'right';
        return server.access ? [200, {}] : [401, { detail: 'No active account' }];
      case 'POST /api/token/refresh/':
        server.access = server.refresh;
        return server.refresh ? [200, {}] : [401, {}];
      case 'POST /api/user/logout/':
        server.access = server.refresh = false;
        return [200, {}];
      default:
        return [404, {}];
    }
  };
  const element = (id: string): Element => (elements[id] ??= new Element());
  runInNewContext(readFileSync(join(__dirname, 'ui/docs.js'), 'utf8'), {
    document: { getElementById: element },
    sessionStorage: {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => storage.set(key, value),
      removeItem: (key: string) => storage.delete(key),
    },
    FormData: class {
      constructor(private readonly form: Element) {}
      *[Symbol.iterator]() {
        yield* Object.entries(this.form.fields);
      }
    },
    Date: { now: () => clock.now },
    fetch: (path: string, request: { method: string; credentials: string; body?: string }) => {
      calls.push(`${request.method} ${path}`);
      expect(request.credentials).toBe('same-origin');
      if (server.down) return Promise.reject(new Error('down'));
      const [status, body] = answer(request.method, path, JSON.parse(request.body ?? '{}') as Record<string, string>);
      return Promise.resolve({ status, ok: status < 300, json: () => Promise.resolve(body) });
    },
    window: {
      SwaggerUIBundle: (given: Record<string, unknown>) => {
        options = given;
        specs.push(String(given['url']));
        return { specActions: { updateUrl: () => undefined, download: (url: string) => specs.push(url) } };
      },
    },
  });
  await turn();
  const submit = async (form: string, fields: Record<string, string> = {}) => {
    element(form).fields = fields;
    await element(form).submit?.({ preventDefault: () => undefined });
  };
  const tryOut = async (url: string) =>
    (options['requestInterceptor'] as (request: object) => Promise<object>)({ url });
  return { element, calls, specs, storage, server, clock, options: () => options, submit, tryOut };
}

describe("the page's script", () => {
  it('shows the form to a stranger, and the document', async () => {
    const page = await open();
    expect(page.element('log-in').hidden).toBe(false);
    expect(page.element('log-out').hidden).toBe(true);
    expect(page.specs).toEqual(['/docs-json']);
    expect(page.calls).toEqual(['GET /api/user/profile/']);
    expect(page.options()).toMatchObject({ withCredentials: true, persistAuthorization: false });
  });

  it('logs in inside the page, says who it is, and reads the document anew', async () => {
    const page = await open();
    await page.submit('log-in', { username: 'ada', password: 'right' });
    expect(page.element('who').textContent).toBe('ada');
    expect(page.element('log-in').hidden).toBe(true);
    expect(page.element('log-in').fields).toEqual({});
    expect(page.specs).toEqual(['/docs-json', '/docs-json']);
  });

  it('says why a log-in failed, and stays as it was', async () => {
    const page = await open();
    await page.submit('log-in', { username: 'ada', password: 'wrong' });
    expect(page.element('message').textContent).toBe('No active account');
    expect(page.element('log-in').hidden).toBe(false);
    expect(page.element('log-in').button.disabled).toBe(false);
    page.server.down = true;
    await page.submit('log-in', { username: 'ada', password: 'right' });
    expect(page.element('message').textContent).toBe('The server did not answer.');
    expect(page.specs).toEqual(['/docs-json']);
  });

  it('logs out and reads the document anew, without asking for a renewal', async () => {
    const page = await open({ cookie: true });
    await page.submit('log-out');
    expect(page.element('log-in').hidden).toBe(false);
    expect(page.calls).toEqual(['GET /api/user/profile/', 'POST /api/user/logout/', 'GET /api/user/profile/']);
    expect(page.specs).toHaveLength(2);
  });

  it('comes back logged in when the access token has run out meanwhile', async () => {
    const page = await open({ remembered: true });
    expect(page.calls).toEqual(['GET /api/user/profile/', 'POST /api/token/refresh/', 'GET /api/user/profile/']);
    expect(page.element('who').textContent).toBe('ada');
  });

  it('renews the access token before a call once it may have run out, and only then', async () => {
    const page = await open();
    await page.submit('log-in', { username: 'ada', password: 'right' });
    const before = page.calls.length;
    page.clock.now += 3 * MINUTE;
    await page.tryOut('/api/enrollments/');
    expect(page.calls).toHaveLength(before);
    page.clock.now += 2 * MINUTE;
    await Promise.all([page.tryOut('/api/enrollments/'), page.tryOut('/admin/plugins/')]);
    expect(page.calls.slice(before)).toEqual(['POST /api/token/refresh/']);
    page.clock.now += 5 * MINUTE;
    await page.tryOut('/api/token/refresh/');
    expect(page.calls).toHaveLength(before + 1);
  });

  it('asks for nothing on behalf of a stranger', async () => {
    const page = await open();
    page.clock.now += 60 * MINUTE;
    await page.tryOut('/api/enrollments/');
    expect(page.calls).toEqual(['GET /api/user/profile/']);
  });
});
