/**
 * An Open edX course key, as `CourseKey.from_string` of opaque-keys reads it. Two texts may name one course
 * (`slashes:A+B+C` and `course-v1:A+B+C`): the canonical form is its identity.
 */
export interface CourseKey {
  readonly kind: 'course' | 'library' | 'legacy';
  /** Absent, like the next two and the branch, where upstream keeps nothing but the version. */
  readonly org?: string;
  /** Of a library: its name. */
  readonly course?: string;
  /** Absent in libraries; may be empty in legacy keys (`org/course/`). */
  readonly run?: string;
  readonly branch?: string;
  readonly version?: string;
  /** What upstream prints for the key. */
  readonly canonical: string;
  /** The form with slashes. */
  readonly deprecated: boolean;
  /** Whether a course may be made under the very text that was parsed: organisation, course, run, canonically written. */
  readonly isCreatable: boolean;
}

interface Namespace {
  readonly kind: 'course' | 'library';
  readonly prefix: string;
  /** How many names a key has; upstream takes a third one of a library too, and loses it. */
  readonly names: 2 | 3;
}

interface Tail {
  readonly branch?: string;
  readonly version?: string;
}

const COURSE: Namespace = { kind: 'course', prefix: 'course-v1:', names: 3 };
const LIBRARY: Namespace = { kind: 'library', prefix: 'library-v1:', names: 2 };
const NAMESPACES: ReadonlyMap<string, Namespace> = new Map([
  ['course-v1', COURSE],
  ['slashes', COURSE],
  ['library-v1', LIBRARY],
]);

// Python's \w: letters and numbers of every script and the underscore, but no combining marks.
const ID = /^[\p{L}\p{N}_\-~.:]+$/u;
const BLOCK_ID = /^[\p{L}\p{N}_\-~.:%]+$/u;
const LEGACY_ID = /^[\p{L}\p{N}_\-.%]+$/u;
const VERSION = /^[0-9a-f]{24}$/;

/** What may follow the names, in this order, each at most once. Type and block are read and dropped, as upstream. */
const TAIL: readonly (readonly [label: 'branch' | 'version' | 'type' | 'block', value: RegExp])[] = [
  ['branch', ID],
  ['version', VERSION],
  ['type', ID],
  ['block', BLOCK_ID],
];

/** Undefined where upstream raises InvalidKeyError. Case counts, blanks don't belong. Linear in the length of the text. */
export function parseCourseKey(text: string): CourseKey | undefined {
  const colon = text.indexOf(':');
  // Upstream falls back to the legacy form whatever the namespace; but no legacy key has a colon.
  if (colon < 0) return parseLegacy(text);
  const namespace = NAMESPACES.get(text.slice(0, colon));
  return namespace && parseNamespaced(namespace, text, text.slice(colon + 1).split('+'));
}

function parseNamespaced(namespace: Namespace, text: string, segments: readonly string[]): CourseKey | undefined {
  const at = segments.findIndex((segment) => segment.includes('@'));
  const given = at < 0 ? segments : segments.slice(0, at);
  if (![0, 2, 3].includes(given.length) || !given.every((name) => ID.test(name))) return undefined;
  const tail = parseTail(segments.slice(given.length));
  if (!tail) return undefined;
  return given.length < namespace.names ? versionKey(namespace, tail) : namedKey(namespace, text, given, tail);
}

function parseTail(segments: readonly string[]): Tail | undefined {
  const found: { [label: string]: string } = {};
  let next = 0;
  for (const segment of segments) {
    const at = segment.indexOf('@');
    const index = TAIL.findIndex(([label], position) => position >= next && label === segment.slice(0, at));
    const [label, value] = TAIL[index] ?? [];
    if (label === undefined || !value?.test(segment.slice(at + 1))) return undefined;
    found[label] = segment.slice(at + 1);
    next = index + 1;
  }
  return { branch: found['branch'], version: found['version'] };
}

function namedKey({ kind, prefix, names }: Namespace, text: string, given: readonly string[], tail: Tail): CourseKey {
  const printed = given.slice(0, names);
  const [org, course, run] = printed;
  const { branch, version } = tail;
  if (branch !== undefined) printed.push(`branch@${branch}`);
  if (version !== undefined) printed.push(`version@${version}`);
  const canonical = prefix + printed.join('+');
  const isCreatable = kind === 'course' && printed.length === names && canonical === text;
  return { kind, org, course, run, branch, version, canonical, deprecated: false, isCreatable };
}

/** Without all its names a key is nothing but its version upstream; without that it is none. */
function versionKey({ kind, prefix }: Namespace, { version }: Tail): CourseKey | undefined {
  if (version === undefined) return undefined;
  return { kind, version, canonical: `${prefix}version@${version}`, deprecated: false, isCreatable: false };
}

function parseLegacy(text: string): CourseKey | undefined {
  const [org = '', course = '', run, ...more] = text.split('/');
  if (run === undefined || more.length > 0) return undefined;
  if (!LEGACY_ID.test(org) || !LEGACY_ID.test(course) || !(run === '' || LEGACY_ID.test(run))) return undefined;
  return { kind: 'legacy', org, course, run, canonical: text, deprecated: true, isCreatable: run !== '' };
}
