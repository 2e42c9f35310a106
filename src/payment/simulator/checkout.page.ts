import type { Callback } from './checkout';

/** A page and the header that says what a browser may do with it. */
export interface Page {
  readonly html: string;
  readonly policy: string;
}

export interface Sale {
  readonly amount: number;
  readonly currency: string;
  readonly title: string;
}

/** What the form must hand on: which order or subscription, and where to go after it. */
export type Fields = Readonly<Record<string, string>>;

const BUTTONS = [
  ['card', 'Pay by card'],
  ['upi', 'Pay by UPI'],
  ['late', 'Pay by UPI, authorised a minute late'],
  ['fail', 'Fail'],
] as const;

export const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:3rem auto;padding:0 1rem;color:#123}
button{display:block;width:100%;margin:.5rem 0;padding:.7rem;font:inherit;border:1px solid #357;border-radius:.4rem;
background:#eef4fa;cursor:pointer}
dt{font-weight:600}dd{margin:0 0 .5rem;overflow-wrap:anywhere;font-family:monospace}`;

export function salePage(sale: Sale, fields: Fields): Page {
  const buttons = BUTTONS.map(([value, text]) => `<button name="choice" value="${value}">${escape(text)}</button>`);
  return page(
    `<h1>${price(sale)}</h1>
<p>${escape(sale.title)}. This is a simulation: no money moves.</p>
<form method="post" action="/checkout">${hidden(fields)}
${buttons.join('\n')}
</form>`,
  );
}

/** The callback's fields, and a button that posts them to the shop where it gave an address. */
export function paidPage(callback: Callback, returnTo: URL | undefined): Page {
  const fields = Object.entries(callback) as [string, string][];
  const list = fields.map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`);
  const form =
    returnTo === undefined
      ? ''
      : `<form method="post" action="${escape(returnTo.href)}">${hidden(Object.fromEntries(fields))}
<button>Back to the shop</button></form>`;
  return page(`<h1>Paid</h1><dl>${list.join('')}</dl>${form}`, returnTo);
}

export function failedPage(description: string, back: Fields): Page {
  const again = new URLSearchParams(back).toString();
  return page(`<h1>Not paid</h1><p>${escape(description)}</p>
<p><a href="/checkout?${escape(again)}">Try again</a></p>`);
}

export function faultPage(description: string): Page {
  return page(`<h1>Nothing to pay</h1><p>${escape(description)}</p>`);
}

function page(content: string, formTarget?: URL): Page {
  const target = formTarget === undefined ? "'self'" : `'self' ${formTarget.origin}`;
  return {
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Simulated checkout</title>
<link rel="stylesheet" href="/checkout/style.css">
</head>
<body>
${content}
</body>
</html>
`,
    policy: `default-src 'none'; style-src 'self'; form-action ${target}; frame-ancestors 'none'; base-uri 'none'`,
  };
}

function price({ amount, currency }: Sale): string {
  return escape(`${currency} ${(amount / 100).toFixed(2)}`);
}

function hidden(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
