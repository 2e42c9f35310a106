import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';

export interface Rendered {
  /** Safe to put into a page. */
  readonly html: string;
  /** The words without any markup, for the search index. */
  readonly text: string;
}

const markdown = new MarkdownIt({ html: false, linkify: true });

type Token = ReturnType<typeof markdown.parse>[number];

/** Addresses that need no page around them to be understood, and run nothing. */
const LINK = /^(?:https?:\/\/|mailto:)/i;
const IMAGE = /^https:\/\//i;
const REL = 'nofollow noopener noreferrer';

const POLICY: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code', 'em', 'strong', 's'],
    ...['ul', 'ol', 'li', 'a', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: { a: ['href', 'title', 'rel'], img: ['src', 'alt', 'title'], ol: ['start'] },
  allowedClasses: { code: ['language-*'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['https'] },
  allowProtocolRelative: false,
  transformTags: { a: (tagName, { href, title }) => ({ tagName, attribs: linkOf(href, title) }) },
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !IMAGE.test(attribs['src'] ?? ''),
};

/** Markdown without HTML of its own; what the renderer makes of it is cleaned once more. */
export function rendered(source: string): Rendered {
  const env = {};
  const tokens = markdown.parse(source, env);
  const html = markdown.renderer.render(tokens, markdown.options, env);
  return { html: sanitizeHtml(html, POLICY), text: words(tokens).join(' ') };
}

function linkOf(href: string | undefined, title: string | undefined): sanitizeHtml.Attributes {
  if (href === undefined || !LINK.test(href)) return {};
  return { href, ...(title !== undefined && { title }), rel: REL };
}

/** Block by block; what stands on one line stays one text, so that `wo*rd*s` is a word. */
function words(tokens: readonly Token[]): string[] {
  return tokens
    .map(({ type, content, children }) => (type === 'inline' ? (children ?? []).map(wordsOf).join('') : content.trim()))
    .filter((text) => text !== '');
}

function wordsOf({ type, content }: Token): string {
  return type === 'softbreak' || type === 'hardbreak' ? ' ' : content;
}
