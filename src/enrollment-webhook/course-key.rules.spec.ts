import fc from 'fast-check';
import vectors from '../../test/vectors/course-keys.json';
import { describeWithPython, python } from '../../test/setup/python';
import { parseCourseKey } from './course-key.rules';

const VERSION = '519665f6223ebd6980884f2b';

describe("parseCourseKey: the upstream parser's verdicts", () => {
  it.each(vectors.valid)('%j is a key', (text) => {
    expect(parseCourseKey(text)).toBeDefined();
  });

  it.each(vectors.invalid)('%j is none', (text) => {
    expect(parseCourseKey(text)).toBeUndefined();
  });
});

describe('parseCourseKey', () => {
  it('takes a key apart', () => {
    expect(parseCourseKey('course-v1:edX+DemoX+Demo_Course')).toEqual({
      kind: 'course',
      org: 'edX',
      course: 'DemoX',
      run: 'Demo_Course',
      canonical: 'course-v1:edX+DemoX+Demo_Course',
      deprecated: false,
      isCreatable: true,
    });
    expect(parseCourseKey(`course-v1:a+b+c+branch@d+version@${VERSION}`)).toMatchObject({
      branch: 'd',
      version: VERSION,
    });
    expect(parseCourseKey('library-v1:org+lib+run')).toEqual({
      kind: 'library',
      org: 'org',
      course: 'lib',
      canonical: 'library-v1:org+lib',
      deprecated: false,
      isCreatable: false,
    });
    expect(parseCourseKey('edX/DemoX/')).toEqual({
      kind: 'legacy',
      org: 'edX',
      course: 'DemoX',
      run: '',
      canonical: 'edX/DemoX/',
      deprecated: true,
      isCreatable: false,
    });
  });

  it.each([
    ['slashes:DemoUniversity+DM01+2014', 'course-v1:DemoUniversity+DM01+2014'],
    ['course-v1:org+course+run+type@problem+block@p1', 'course-v1:org+course+run'],
    ['course-v1:org+course+run+block@p%20', 'course-v1:org+course+run'],
    ['course-v1:org+course+run+branch@b', 'course-v1:org+course+run+branch@b'],
    ['library-v1:org+lib+run', 'library-v1:org+lib'],
    [`course-v1:mit.eecs+6002x+branch@published+version@${VERSION}`, `course-v1:version@${VERSION}`],
    [`course-v1:branch@b+version@${VERSION}`, `course-v1:version@${VERSION}`],
    [`library-v1:branch@b+version@${VERSION}+block@x`, `library-v1:version@${VERSION}`],
    ['org/course/', 'org/course/'],
  ])('%s is printed as %s', (text, canonical) => {
    expect(parseCourseKey(text)?.canonical).toBe(canonical);
  });

  it.each([
    ['course-v1:edX+DemoX+Demo_Course', true],
    ['course-v1:東京+数学+2024', true],
    ['edX/DemoX/Demo_Course', true],
    ['slashes:edX+DemoX+Demo_Course', false],
    ['course-v1:edX+DemoX+Demo_Course+block@b', false],
    ['course-v1:edX+DemoX+Demo_Course+branch@b', false],
    [`course-v1:edX+DemoX+Demo_Course+version@${VERSION}`, false],
    [`course-v1:version@${VERSION}`, false],
    ['library-v1:edX+DemoX', false],
    ['library-v1:edX+DemoX+run', false],
    ['edX/DemoX/', false],
  ])('a course may be made as %s: %s', (text, isCreatable) => {
    expect(parseCourseKey(text)?.isCreatable).toBe(isCreatable);
  });

  it.each(['__proto__:a+b+c', 'constructor:a+b+c', 'course-v1:a+b+c+__proto__@x', 'course-v1:a+b+c+@x', ':a+b+c'])(
    'has no special names: %s is no key',
    (text) => {
      expect(parseCourseKey(text)).toBeUndefined();
    },
  );

  it.each([
    `course-v1:${'a'.repeat(1_000_000)}`,
    `course-v1:${'a+'.repeat(500_000)}`,
    `course-v1:${'+'.repeat(1_000_000)}`,
    `course-v1:a+b+c+${'branch@a+'.repeat(100_000)}`,
    `course-v1:${'@'.repeat(1_000_000)}`,
    `a/${'b'.repeat(1_000_000)}/!`,
    '/'.repeat(1_000_000),
    ':'.repeat(1_000_000),
  ])('does linear work on a hostile text (%#)', (text) => {
    // Quadratic work on a million characters would not end within the test's minutes.
    expect(parseCourseKey(text)).toBeUndefined();
  });
});

const name = fc.oneof(
  fc.constantFrom('edX', 'a~b', 'branch', 'version', 'type', 'block', 'a.b-c~d:e', '数学', 'é', '²', '_'),
  fc.constantFrom('', ' ', 'e\u0301', '😀', 'a@b', 'a%b', 'a/b', 'x\n', '\u200b', 'x!'),
);
const part = fc.oneof(
  { weight: 5, arbitrary: name },
  fc
    .tuple(
      fc.constantFrom('branch', 'version', 'type', 'block', 'Branch', ''),
      fc.oneof(name, fc.constantFrom(VERSION, VERSION.toUpperCase(), VERSION.slice(1))),
    )
    .map(([label, value]) => `${label}@${value}`),
);
const ordered = fc
  .tuple(
    fc.array(name, { maxLength: 3 }),
    ...['branch@b', `version@${VERSION}`, 'type@t', 'block@b%'].map((tail) => fc.constantFrom(tail, undefined)),
  )
  .map(([names, ...tail]) => [...names, ...tail.filter((segment) => segment !== undefined)]);
const namespaced = fc
  .tuple(
    fc.constantFrom('course-v1:', 'course-v1:', 'library-v1:', 'slashes:', 'lib:', 'Course-v1:', ''),
    fc.oneof(ordered, fc.array(part, { maxLength: 7 })),
  )
  .map(([prefix, parts]) => prefix + parts.join('+'));
const legacy = fc.array(name, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('/'));
const candidate = fc.oneof({ weight: 4, arbitrary: namespaced }, legacy);

describe('parseCourseKey: properties', () => {
  it('the canonical form is a fixed point and keeps the parts', () => {
    fc.assert(
      fc.property(candidate, (text) => {
        const key = parseCourseKey(text);
        if (key === undefined) return;
        expect(parseCourseKey(key.canonical)).toEqual({
          ...key,
          isCreatable: parseCourseKey(key.canonical)?.isCreatable,
        });
        if (key.isCreatable) expect(key.canonical).toBe(text);
      }),
      { numRuns: 5000 },
    );
  });

  it('takes any text without a throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseCourseKey(text)));
  });
});

/** The regular expression and the printing of opaque_keys.edx.locator, with a lazy group and backtracking. */
const UPSTREAM = `
import json, re, sys
ID = r'[\\w\\-~.:]'
SEP = r'(\\+(?=.)|\\Z)'
URL = re.compile(fr'^((?P<org>{ID}+)\\+(?P<course>{ID}+)(\\+(?P<run>{ID}+))?{SEP})??(branch@(?P<branch>{ID}+){SEP})?'
  fr'(version@(?P<version>[a-f0-9]+){SEP})?(type@{ID}+{SEP})?(block@[\\w\\-~.:%]+)?\\Z')
def namespaced(text):
    prefix, _, body = text.partition(':')
    m = URL.match(body)
    if prefix not in ('course-v1', 'slashes', 'library-v1') or not m: return None
    org, course, run, branch, version = m.group('org', 'course', 'run', 'branch', 'version')
    if version and not re.fullmatch('[0-9a-f]{24}', version): return None
    library = prefix == 'library-v1'
    names = [org, course] if library else [org, course, run]
    if not version and None in names: return None
    parts = []
    if None not in names: parts = names + (['branch@' + branch] if branch else [])
    return ('library-v1:' if library else 'course-v1:') + '+'.join(parts + (['version@' + version] if version else []))
def legacy(text):
    parts = text.split('/')
    legal = re.compile(r'[\\w.%-]+\\Z')
    return text if len(parts) == 3 and all(map(legal.match, parts[:2])) and (not parts[2] or legal.match(parts[2])) else None
print(json.dumps([namespaced(text) or legacy(text) for text in json.load(sys.stdin)]))`;

describeWithPython()("parseCourseKey: upstream's regular expression", () => {
  it('gives the same canonical form, or none, for thousands of texts', () => {
    const texts = [...vectors.valid, ...vectors.invalid, ...fc.sample(candidate, 20_000)];
    const printed = JSON.parse(python(UPSTREAM, texts)) as (string | null)[];
    expect(printed.filter((canonical) => canonical !== null).length).toBeGreaterThan(1000);
    expect(texts.map((text) => [text, parseCourseKey(text)?.canonical ?? null])).toEqual(
      texts.map((text, index) => [text, printed[index]]),
    );
  }, 120_000);
});
