import { ApiDocument } from '../../src/infra/docs/api-document';
import { type Operation, operationsOf } from '../../src/infra/docs/open-api.types';
import { loggedIn } from '../factories/administrator';
import { startTestApp, type TestApp } from '../setup/test-app';

/** H4: every POST that moves money, or makes what money hangs on, may be sent again. */
const MONEY = ['/subscriptions/', '/admin/memberships/', '/admin/payments/', '/admin/webhooks/', '/razorpay/'];

/** Those that need no key, and why. */
const FREE: Readonly<Record<string, string>> = {
  'POST /razorpay/webhooks': 'a repeat has the event id of the first',
  'POST /razorpay/webhooks/save_onetime_order': 'the same',
  'POST /subscriptions/guest/claim/{key}': 'the button of a page, which sends no headers; its key is for one claim',
};

let app: TestApp;
let posts: { readonly name: string; readonly path: string; readonly operation: Operation }[];

beforeAll(async () => {
  app = await startTestApp();
  posts = Object.entries(app.get(ApiDocument).complete().paths).flatMap(([path, item]) =>
    operationsOf(item)
      .filter(([method]) => method === 'post' && MONEY.some((prefix) => `${path}/`.startsWith(prefix)))
      .map(([, operation]) => ({ name: `POST ${path.replace(/\/$/, '')}`, path, operation })),
  );
});

const keyed = () => posts.filter(({ name }) => !(name in FREE));

it('has the routes that it speaks of', () => {
  for (const prefix of MONEY) {
    expect(posts.filter(({ path }) => `${path}/`.startsWith(prefix)).length).toBeGreaterThan(0);
  }
});

it('documents the header, and what it answers, on each', () => {
  const without = keyed().filter(({ operation: { parameters = [], responses } }) => {
    const hasHeader = parameters.some((parameter) => 'name' in parameter && parameter.name === 'Idempotency-Key');
    return !hasHeader || !['400', '409', '422'].every((status) => status in responses);
  });
  expect(without.map(({ name }) => name)).toEqual([]);
});

// A decorator that documents without doing would pass the other test.
it('looks at the header of each', async () => {
  const admin = await loggedIn(app, { roles: ['admin'] });
  const blind: string[] = [];
  for (const { name, path } of keyed()) {
    const answer = await admin.call('POST', path.replace(/\{\w+\}/g, '999999'), {}, { 'idempotency-key': 'é' });
    if (answer.statusCode !== 400 || !answer.body.includes('Idempotency-Key')) blind.push(name);
  }
  expect(blind).toEqual([]);
});
