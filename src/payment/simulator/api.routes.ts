import { refused } from './api-error';
import { dateInIndia } from './cycle.rules';
import type { Customer } from './entities';
import type { Engine } from './engine';
import { type Body, notesOf, requiredInteger, textOf } from './input';
import { createPlan } from './plan';
import type { Routes } from './router';
import { pageOf } from './store';

const MOST_RECON_LINES = 1000;

/** `/v1`, as far as a seller of subscriptions and one-time purchases needs it. */
export function apiRoutes(engine: Engine): Routes {
  const { world, orders, payments, refunds } = engine;
  const { store } = world;
  return {
    'POST /v1/plans': ({ body }) => createPlan(world, body),
    'GET /v1/plans': ({ query }) => store.plans.list(query),
    'GET /v1/plans/:id': (_, id) => store.plans.get(id).wire,

    'POST /v1/customers': ({ body }) => createCustomer(engine, body),
    'GET /v1/customers': ({ query }) => store.customers.list(query),
    'GET /v1/customers/:id': (_, id) => store.customers.get(id).wire,

    'POST /v1/orders': ({ body }) => orders.create(body).wire,
    'GET /v1/orders': ({ query }) => {
      const receipt = textOf(query, 'receipt');
      return store.orders.list(query, ({ wire }) => receipt === undefined || wire.receipt === receipt);
    },
    'GET /v1/orders/:id': (_, id) => store.orders.get(id).wire,
    'GET /v1/orders/:id/payments': (_, id) => wholeOf(store.orders.get(id).payments),

    'GET /v1/payments': ({ query }) => store.payments.list(query),
    'GET /v1/payments/:id': (_, id) => store.payments.get(id).wire,
    'POST /v1/payments/:id/capture': ({ body }, id) => payments.captureByCall(store.payments.get(id), body),

    'POST /v1/payments/:id/refund': ({ body, headers }, id) =>
      refunds.byCall(store.payments.get(id), body, headerOf(headers['x-refund-idempotency'])),
    'GET /v1/payments/:id/refunds': ({ query }, id) =>
      pageOf(
        store.payments
          .get(id)
          .refunds.map(({ wire }) => wire)
          .reverse(),
        query,
      ),
    'GET /v1/refunds': ({ query }) => store.refunds.list(query),
    'GET /v1/refunds/:id': (_, id) => store.refunds.get(id).wire,

    'GET /v1/disputes': ({ query }) => store.disputes.list(query),
    'GET /v1/disputes/:id': (_, id) => store.disputes.get(id).wire,

    'GET /v1/settlements': ({ query }) => store.settlements.list(query),
    'GET /v1/settlements/recon/combined': ({ query }) => recon(engine, query),
    'GET /v1/settlements/:id': (_, id) => store.settlements.get(id).wire,
    ...subscriptionRoutes(engine),
  };
}

function subscriptionRoutes({ world: { store }, subscriptionCalls: calls }: Engine): Routes {
  const { subscriptions, invoices } = store;
  return {
    'POST /v1/subscriptions': ({ body }) => calls.create(body),
    'GET /v1/subscriptions': ({ query }) => {
      const plan = textOf(query, 'plan_id');
      return subscriptions.list(query, ({ wire }) => plan === undefined || wire.plan_id === plan);
    },
    'GET /v1/subscriptions/:id': (_, id) => subscriptions.get(id).wire,
    'PATCH /v1/subscriptions/:id': ({ body }, id) => calls.update(subscriptions.get(id), body),
    'POST /v1/subscriptions/:id/cancel': ({ body }, id) => calls.cancel(subscriptions.get(id), body),
    'POST /v1/subscriptions/:id/pause': ({ body }, id) => calls.pause(subscriptions.get(id), body),
    'POST /v1/subscriptions/:id/resume': ({ body }, id) => calls.resume(subscriptions.get(id), body),
    'GET /v1/subscriptions/:id/retrieve_scheduled_changes': (_, id) => calls.scheduled(subscriptions.get(id)),
    'POST /v1/subscriptions/:id/cancel_scheduled_changes': (_, id) => calls.cancelScheduled(subscriptions.get(id)),

    'GET /v1/invoices': ({ query }) => {
      const id = textOf(query, 'subscription_id');
      return invoices.list(query, ({ wire }) => id === undefined || wire.subscription_id === id);
    },
    'GET /v1/invoices/:id': (_, id) => invoices.get(id).wire,
  };
}

function createCustomer({ world: { store, ids, clock } }: Engine, body: Body): Customer {
  const [name = null, email = null, contact = null, gstin = null] = ['name', 'email', 'contact', 'gstin'].map((field) =>
    textOf(body, field),
  );
  const wire: Customer = {
    id: ids.make('cust'),
    entity: 'customer',
    name,
    email,
    contact,
    gstin,
    notes: notesOf(body),
    created_at: clock.now(),
  };
  return store.customers.add({ wire }).wire;
}

/** What was settled in a month, or on one day of it, as India's calendar has it. */
function recon({ world }: Engine, query: Body): unknown {
  const year = requiredInteger(query, 'year', 2000);
  const month = requiredInteger(query, 'month', 1);
  const day = query['day'] === undefined ? undefined : requiredInteger(query, 'day', 1);
  if (month > 12 || (day ?? 1) > 31) throw refused('The date is invalid.');
  const lines = world.store.recon.filter(({ settled_at: at }) => {
    const date = dateInIndia(at);
    return date.year === year && date.month === month && (day === undefined || date.day === day);
  });
  const { count, skip } = query;
  return pageOf(lines, { count, skip }, MOST_RECON_LINES);
}

function wholeOf<W>(rows: readonly { readonly wire: W }[]): { entity: string; count: number; items: W[] } {
  const items = rows.map(({ wire }) => wire).reverse();
  return { entity: 'collection', count: items.length, items };
}

const headerOf = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
