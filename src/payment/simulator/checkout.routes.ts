import { ApiError, refused } from './api-error';
import type { Checkout, Paid } from './checkout';
import { failedPage, faultPage, type Fields, type Page, paidPage, salePage, STYLE } from './checkout.page';
import { type Body, textOf } from './input';
import type { Call, Routes } from './router';

/** Answered as it is, with its own type. */
export class Document {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly text: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

/** What a button of the page stands for. */
const CHOICES: Readonly<Record<string, Body>> = {
  card: { method: 'card', outcome: 'paid' },
  upi: { method: 'upi', outcome: 'paid' },
  late: { method: 'upi', outcome: 'late' },
  fail: { method: 'card', outcome: 'failed' },
};
const HANDED_ON = ['order_id', 'subscription_id', 'invoice_id', 'callback_url'];

/** The page for people, and `POST /checkout/pay` for programs. A payer needs no key. */
export function checkoutRoutes(checkout: Checkout): Routes {
  return {
    'GET /checkout/style.css': () => new Document(200, 'text/css', STYLE),
    'GET /checkout': ({ query }) =>
      paged(() => {
        returnAddress(query);
        return salePage(checkout.describe(query), fieldsOf(query));
      }),
    'POST /checkout': (call) => payByPage(checkout, call),
    'POST /checkout/pay': ({ body }) => asJson(checkout.pay(body)),
  };
}

function payByPage(checkout: Checkout, { body, headers }: Call): unknown {
  const choice = CHOICES[textOf(body, 'choice') ?? 'card'] ?? CHOICES['card'];
  if (headers.accept?.includes('application/json')) return asJson(checkout.pay({ ...body, ...choice }));
  return paged(() => {
    const returnTo = returnAddress(body);
    const paid = checkout.pay({ ...body, ...choice });
    if ('error' in paid) return failedPage(paid.error.description, fieldsOf(body));
    return paidPage(paid.callback, returnTo);
  });
}

/** A failed payment is an error, as Razorpay's checkout tells it: with the payment's id in its metadata. */
function asJson(paid: Paid): unknown {
  if ('error' in paid) throw new ApiError(400, paid.error);
  return paid.callback;
}

function paged(build: () => Page): Document {
  try {
    return documentOf(200, build());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return documentOf(error.status, faultPage(error.body.description));
  }
}

function documentOf(status: number, { html, policy }: Page): Document {
  return new Document(status, 'text/html', html, { 'content-security-policy': policy });
}

function returnAddress(body: Body): URL | undefined {
  const address = textOf(body, 'callback_url', 2048);
  if (address === undefined || address === '') return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw refused('The callback url must be an http or https URL.', 'callback_url');
  }
  return url;
}

function fieldsOf(body: Body): Fields {
  const given = HANDED_ON.map((name) => [name, body[name]]);
  return Object.fromEntries(given.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}
