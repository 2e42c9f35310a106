import { charCheck } from '../../infra/http/fields/char.field';
import { field, type FieldOptions } from '../../infra/http/fields';
import { Refusal, refuse, type Check } from '../../infra/http/fields/refusal';
import { parseCourseKey } from '../course-key.rules';

const EXAMPLE = 'course-v1:edX+DemoX+Demo_Course';
const MAX_LENGTH = 255;

/** A key under which a course may be made: organisation, course and run, as upstream prints them. */
export const creatableKeyCheck: Check<string> = (value) => {
  const text = charCheck({ max: MAX_LENGTH, trim: false })(value);
  if (text instanceof Refusal) return text;
  const key = parseCourseKey(text);
  if (key === undefined) return refuse('Not a valid course key.');
  if (key.isCreatable) return text;
  const { org, course, run, branch, version, canonical } = key;
  const isWhole = org !== undefined && course !== undefined && run && branch === undefined && version === undefined;
  return refuse(
    isWhole
      ? `Write this course key in its canonical form: ${canonical}`
      : 'A course is made of organisation, course and run, without branch, version or block.',
  );
};

/** Any text that names a course; the property is its canonical form. */
export const courseKeyCheck: Check<string> = (value) => {
  const text = charCheck({ max: MAX_LENGTH })(value);
  if (text instanceof Refusal) return text;
  return parseCourseKey(text)?.canonical ?? refuse('Not a valid course key.');
};

export function CreatableKeyField(options: FieldOptions = {}): PropertyDecorator {
  return field(creatableKeyCheck, { example: EXAMPLE, ...options }, { type: String, maxLength: MAX_LENGTH });
}

export function CourseKeyField(options: FieldOptions = {}): PropertyDecorator {
  return field(courseKeyCheck, { example: EXAMPLE, ...options }, { type: String, maxLength: MAX_LENGTH });
}
