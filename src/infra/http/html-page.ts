import { escapeHtml } from '../mail/letter';

/** A page that a link in a mail leads to, for people whose browser is all they have at hand. */
export class Page {
  constructor(
    readonly status: number,
    readonly html: string,
  ) {}
}

const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:28rem;margin:4rem auto;padding:0 1rem}' +
  'label,input,button{display:block;font:inherit}input{width:100%;box-sizing:border-box;padding:.4rem;margin:.2rem 0 1rem}' +
  'button{padding:.6rem 1.2rem}[role=alert]{color:#a00}';

/** @param body HTML */
export function page(status: number, title: string, body: string): Page {
  return new Page(
    status,
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`,
  );
}

export function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

/** @param href a URL of ours */
export function link(href: string, label: string): string {
  return `<p><a href="${escapeHtml(href)}">${escapeHtml(label)}</a></p>`;
}

/** A form that posts to the address it was shown at. @param inputs HTML */
export function form(button: string, inputs = ''): string {
  return `<form method="post">\n${inputs}<button>${escapeHtml(button)}</button>\n</form>`;
}

export function newPasswordInput(name: string, label: string): string {
  return `<label>${escapeHtml(label)} <input type="password" name="${escapeHtml(name)}" autocomplete="new-password" required></label>\n`;
}

export function alerts(messages: readonly string[]): string {
  return messages.map((message) => `<p role="alert">${escapeHtml(message)}</p>\n`).join('');
}
