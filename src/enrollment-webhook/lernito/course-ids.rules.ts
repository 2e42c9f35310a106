import type { DomainError } from '../../common/domain-error';
import { parseCourseKey } from '../course-key.rules';
import { invalidCourseKey, unknownCourse } from '../enrollment-webhook.errors';

/** One id of the call: as sent, and the canonical key that it names, if it names any. */
export interface SentCourse {
  readonly id: string;
  readonly key: string | undefined;
}

export function sentCourses(ids: readonly string[]): SentCourse[] {
  return ids.map((id) => ({ id, key: parseCourseKey(id)?.canonical }));
}

/** What has to be looked up: behind the first id that is no key nothing decides any more. */
export function keysToLookUp(courses: readonly SentCourse[]): string[] {
  const fault = courses.findIndex(({ key }) => key === undefined);
  const before = fault === -1 ? courses : courses.slice(0, fault);
  return [...new Set(before.flatMap(({ key }) => key ?? []))];
}

/** In the order of the list the first id that is no key, or names no known course, decides the answer. */
export function firstRefusal(courses: readonly SentCourse[], known: ReadonlySet<string>): DomainError | undefined {
  for (const { id, key } of courses) {
    if (key === undefined) return invalidCourseKey(id);
    if (!known.has(key)) return unknownCourse(id);
  }
  return undefined;
}
