import sanitizeHtml from 'sanitize-html';
import { DomainError } from '../../common/domain-error';
import { rendered, wordsOf } from './markdown';

const html = (source: string): string => rendered(source).html;

describe('what Markdown is for', () => {
  it.each([
    ['First, *listen*, **then** `play`.', '<p>First, <em>listen</em>, <strong>then</strong> <code>play</code>.</p>\n'],
    ['# One\n\n###### Six', '<h1>One</h1>\n<h6>Six</h6>\n'],
    ['> quoted\n\n---', '<blockquote>\n<p>quoted</p>\n</blockquote>\n<hr />\n'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n'],
    ['3. a\n4. b', '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'],
    ['~~gone~~', '<p><s>gone</s></p>\n'],
    ['```js\n1 < 2\n```', '<pre><code class="language-js">1 &lt; 2\n</code></pre>\n'],
    ['a  \nb', '<p>a<br />\nb</p>\n'],
    [
      '![A cat](https://example.org/cat.png "Tom")',
      '<p><img src="https://example.org/cat.png" alt="A cat" title="Tom" /></p>\n',
    ],
    ['', ''],
    ['दुनिया 🎸', '<p>दुनिया 🎸</p>\n'],
  ])('%j', (source, expected) => {
    expect(html(source)).toBe(expected);
  });

  it.each([
    ['[a](https://example.org/x "T")', 'https://example.org/x'],
    ['https://example.org/x', 'https://example.org/x'],
    ['<mailto:asha@example.org>', 'mailto:asha@example.org'],
  ])('links: %j', (source, href) => {
    expect(html(source)).toContain(`href="${href}"`);
    expect(html(source)).toContain('rel="nofollow noopener noreferrer"');
  });
});

const ATTACKS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe src="https://evil.example"></iframe>',
  '<a href="javascript:alert(1)">a</a>',
  '<style>*{background:url(https://evil.example)}</style>',
  '<form action="https://evil.example"><input name=password></form>',
  '<div style="position:fixed">',
  '<!--[if IE]><script>alert(1)</script><![endif]-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<math><mi//xlink:href="data:x,<script>alert(4)</script>">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](java\tscript:alert(1))',
  '[a](java&#x0A;script:alert(1))',
  '[a](&#106;avascript:alert(1))',
  '[a](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1))',
  '[a](\u0001javascript:alert(1))',
  '[a](vbscript:msgbox(1))',
  '[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[a](data:image/svg+xml;base64,PHN2Zy8+)',
  '[a](file:///etc/passwd)',
  '[a](//evil.example)',
  '[a](/content/api/content/)',
  '[a](#x)',
  '[a](https://example.org "\\" onmouseover=\\"alert(1)")',
  '[a](https://example.org \'" onmouseover="alert(1)\')',
  '[a](https://example.org/"onmouseover="alert(1))',
  '[a](<javascript:alert(1)>)',
  '<javascript:alert(1)>',
  '<https://example.org/"onmouseover=alert(1)>',
  '[a]\n\n[a]: javascript:alert(1)',
  '![a](javascript:alert(1))',
  '![a](http://example.org/cat.png)',
  '![a](//evil.example/cat.png)',
  '![a](/admin/logout)',
  '![a](data:image/png;base64,AAAA)',
  '![a" onerror="alert(1)](https://example.org/cat.png)',
  '![a](https://example.org/cat.png "\\" onerror=\\"alert(1)")',
  '![a](https://example.org/"onerror="alert(1))',
  '```"><script>alert(1)</script>\nx\n```',
  '`<script>alert(1)</script>`',
  '    <script>alert(1)</script>',
  '| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '\u0000<script>alert(1)</script>',
  '<p title="`<img src=x onerror=alert(1)>`">',
];

/** Read as a browser would: every tag with its attributes. */
function tagsOf(text: string): { tagName: string; attribs: Record<string, string> }[] {
  const tags: { tagName: string; attribs: Record<string, string> }[] = [];
  const seen = (tagName: string, attribs: Record<string, string>) => {
    tags.push({ tagName, attribs });
    return { tagName, attribs };
  };
  sanitizeHtml(text, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    transformTags: { '*': seen },
  });
  return tags;
}

const HARMLESS = new Set([
  ...[
    'p',
    'br',
    'hr',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'blockquote',
    'pre',
    'code',
    'em',
    'strong',
    's',
    'ul',
    'ol',
  ],
  ...['li', 'a', 'img'],
]);

it.each(ATTACKS)('nothing in %j runs, loads or leads astray', (source) => {
  for (const { tagName, attribs } of tagsOf(html(source))) {
    expect(HARMLESS).toContain(tagName);
    expect(Object.keys(attribs).filter((name) => !/^(?:href|rel|title|src|alt|start|class)$/.test(name))).toEqual([]);
    if (attribs['href'] !== undefined) expect(attribs['href']).toMatch(/^(?:https?:\/\/|mailto:)/);
    if (attribs['src'] !== undefined) expect(attribs['src']).toMatch(/^https:\/\//);
    if (tagName === 'a' && attribs['href'] !== undefined) expect(attribs['rel']).toBe('nofollow noopener noreferrer');
    if (attribs['class'] !== undefined)
      expect([tagName, attribs['class']]).toEqual(['code', expect.stringMatching(/^language-/)]);
  }
});

it('knows that tags are seen', () => {
  expect(tagsOf('<img src=x onerror=alert(1)>')).toEqual([
    { tagName: 'img', attribs: { src: 'x', onerror: 'alert(1)' } },
  ]);
});

it('an image that may not be shown leaves nothing behind', () => {
  expect(html('before ![a](http://example.org/cat.png) after')).toBe('<p>before  after</p>\n');
});

it.each([
  ['# Rhythm\n\nFirst, *listen*; w**or**d.', 'Rhythm First, listen; word.'],
  ['a\nb  \nc', 'a b c'],
  ['[shown](https://hidden.example)', 'shown'],
  ['![A cat](https://example.org/cat.png)', 'A cat'],
  ['`code` and\n\n```js\nfence\n```', 'code and fence'],
  ['- one\n- two', 'one two'],
  ['1 &lt; 2 <b>bold</b>', '1 < 2 <b>bold</b>'],
])('%j is found by %j', (source, expected) => {
  expect(rendered(source).text).toBe(expected);
  expect(wordsOf(source)).toBe(expected);
});

describe('what a few characters could become much of', () => {
  it('references are none', () => {
    const source = `[x]: https://example.org/${'y'.repeat(50_000)}\n\n${'[x]'.repeat(16_000)}`;
    const { html: page, text } = rendered(source);
    expect(page.match(/<a /g)).toHaveLength(1);
    expect(page.length).toBeLessThan(2 * source.length);
    expect(text).toBe(source.replace('\n\n', ' '));
  });

  it('tables are none', () => {
    const source = `|${'a|'.repeat(3000)}\n|${'-|'.repeat(3000)}\n${'|\n'.repeat(40_000)}`;
    expect(html(source)).toBe(`<p>${source.trimEnd()}</p>\n`);
  });

  it.each([
    ['quotes', '"'.repeat(100_000)],
    ['ampersands', '&'.repeat(100_000)],
    ['addresses', `[x](https://example.org/${'数'.repeat(90_000)})`],
    ['titles', `[x](https://example.org "${'&'.repeat(90_000)}")`],
    ['quotations', `${'>'.repeat(90)}\n\n`.repeat(1000)],
    ['lists', '*\n'.repeat(50_000)],
    ['headings', '#\n'.repeat(50_000)],
    ['links, whose rel is added last', '<http://a> '.repeat(3000)],
    ['more than twice a body', '&'.repeat(40_000)],
  ])('%s: refused', (_, source) => {
    const refused = { kind: 'invalid', details: { fields: { body: ['This text is too large once it is rendered.'] } } };
    expect(() => rendered(source)).toThrow(DomainError);
    expect(() => rendered(source)).toThrow(expect.objectContaining(refused) as Error);
  });

  it('as many words as a body may have are not', () => {
    expect(html('🎸'.repeat(100_000))).toBe(`<p>${'🎸'.repeat(100_000)}</p>\n`);
    expect(html('word '.repeat(20_000))).toHaveLength(100_007);
  });
});
