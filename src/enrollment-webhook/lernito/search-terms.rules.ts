import type { PythonJson } from '../python-json/python-json.value';

const MAX_COURSES = 100;
const MAX_LENGTH = 255;

/** What a call can be found by in the inbox. The document may hold anything: it is not validated yet. */
export function searchTerms(document: PythonJson): string[] {
  if (typeof document !== 'object' || document === null) return [];
  const { email, courseIds } = document as { readonly email?: unknown; readonly courseIds?: unknown };
  const courses: readonly unknown[] = Array.isArray(courseIds) ? courseIds.slice(0, MAX_COURSES) : [];
  return [email, ...courses].flatMap((term) => (typeof term === 'string' ? term.trim().slice(0, MAX_LENGTH) : []));
}
