import type { MailMessage } from './mail-message';

/** A paragraph of words, a link on a line of its own, or a code to copy. */
export type Paragraph = string | { readonly link: string; readonly label: string } | { readonly code: string };

/** A mail from its paragraphs: the same words as text and as HTML, without images or anything to be loaded. */
export function letter(to: string, subject: string, paragraphs: readonly Paragraph[]): MailMessage {
  return {
    to,
    subject,
    text: `${paragraphs.map(textOf).join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${escapeHtml(subject)}</title>\n${paragraphs
      .map((paragraph) => `<p>${htmlOf(paragraph)}</p>`)
      .join('\n')}\n</html>\n`,
  };
}

export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function textOf(paragraph: Paragraph): string {
  if (typeof paragraph === 'string') return paragraph;
  return 'link' in paragraph ? paragraph.link : paragraph.code;
}

function htmlOf(paragraph: Paragraph): string {
  if (typeof paragraph === 'string') return escapeHtml(paragraph);
  if ('code' in paragraph) return `<b>${escapeHtml(paragraph.code)}</b>`;
  return `<a href="${escapeHtml(paragraph.link)}">${escapeHtml(paragraph.label)}</a>`;
}
