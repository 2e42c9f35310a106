import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { invalid } from '../../common/domain-error';
import { codePoints } from '../../infra/http/fields/python';

export interface Rendered {
  /** Safe to put into a page. */
  readonly html: string;
  /** The words without any markup, for the search index. */
  readonly text: string;
}

/** Characters of HTML, as people count them: a body of emojis is twice as long as JavaScript says. */
const MAX_HTML = 200_000;

// A definition stands once in the source and as often as it is named in the page; a table's short lines become full rows.
const markdown = new MarkdownIt({ html: false, linkify: true }).disable(['reference', 'table']);

type Token = ReturnType<typeof markdown.parse>[number];

/** Addresses that need no page around them to be understood, and run nothing. */
const LINK = /^(?:https?:\/\/|mailto:)/i;
const IMAGE = /^https:\/\//i;
const REL = 'nofollow noopener noreferrer';

const POLICY: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code', 'em', 'strong', 's'],
    ...['ul', 'ol', 'li', 'a', 'img'],
  ],
  allowedAttributes: { a: ['href', 'title', 'rel'], img: ['src', 'alt', 'title'], ol: ['start'] },
  allowedClasses: { code: ['language-*'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['https'] },
  allowProtocolRelative: false,
  transformTags: { a: (tagName, { href, title }) => ({ tagName, attribs: linkOf(href, title) }) },
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !IMAGE.test(attribs['src'] ?? ''),
};

/** Markdown without HTML of its own; what the renderer makes of it is cleaned once more. Throws DomainError. */
export function rendered(source: string): Rendered {
  const env = {};
  const tokens = markdown.parse(source, env);
  if (leastSize(tokens) > MAX_HTML) throw tooLarge();
  const dirty = markdown.renderer.render(tokens, markdown.options, env);
  // What is cleaned is shorter at times, never by much; to clean much takes long.
  if (codePoints(dirty) > MAX_HTML) throw tooLarge();
  const html = sanitizeHtml(dirty, POLICY);
  if (codePoints(html) > MAX_HTML) throw tooLarge();
  return { html, text: wordsIn(tokens) };
}

/** The words alone, for less. */
export function wordsOf(source: string): string {
  return wordsIn(markdown.parse(source, {}));
}

function tooLarge(): Error {
  return invalid({ body: ['This text is too large once it is rendered.'] });
}

/** Characters that the tokens have as HTML at the least, before any is escaped. */
function leastSize(tokens: readonly Token[]): number {
  return tokens.reduce((size, token) => size + leastSizeOf(token), 0);
}

function leastSizeOf({ tag, attrs, content, children }: Token): number {
  const attributes = (attrs ?? []).reduce((size, [name, value]) => size + name.length + codePoints(String(value)), 0);
  return tag.length + attributes + (children === null ? codePoints(content) : leastSize(children));
}

function linkOf(href: string | undefined, title: string | undefined): sanitizeHtml.Attributes {
  if (href === undefined || !LINK.test(href)) return {};
  return { href, ...(title !== undefined && { title }), rel: REL };
}

/** Block by block; what stands on one line stays one text, so that `wo*rd*s` is a word. */
function wordsIn(tokens: readonly Token[]): string {
  return tokens
    .map(({ type, content, children }) => (type === 'inline' ? (children ?? []).map(inLine).join('') : content.trim()))
    .filter((text) => text !== '')
    .join(' ');
}

function inLine({ type, content }: Token): string {
  return type === 'softbreak' || type === 'hardbreak' ? ' ' : content;
}
