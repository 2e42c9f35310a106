import vectors from '../../../test/vectors/course-keys.json';
import { Refusal } from '../../infra/http/fields/refusal';
import { courseKeyCheck, creatableKeyCheck } from './course-key.field';

const messages = (value: unknown) => {
  const verdict = creatableKeyCheck(value);
  return verdict instanceof Refusal ? verdict.errors : verdict;
};

it.each([
  ['course-v1:edX+DemoX+Demo_Course', 'course-v1:edX+DemoX+Demo_Course'],
  ['course-v1:東京+数学+2024', 'course-v1:東京+数学+2024'],
  ['slashes:edX+DemoX+Demo', ['Write this course key in its canonical form: course-v1:edX+DemoX+Demo']],
  ['course-v1:a+b+c+block@x', ['Write this course key in its canonical form: course-v1:a+b+c']],
  ['course-v1:a+b+c+branch@x', ['A course is made of organisation, course and run, without branch, version or block.']],
  [
    'course-v1:version@519665f6223ebd6980884f2b',
    ['A course is made of organisation, course and run, without branch, version or block.'],
  ],
  ['library-v1:org+lib', ['A course is made of organisation, course and run, without branch, version or block.']],
  ['org/course/', ['A course is made of organisation, course and run, without branch, version or block.']],
  [' course-v1:a+b+c', ['Not a valid course key.']],
  ['nonsense', ['Not a valid course key.']],
  ['', ['This field may not be blank.']],
  [7, ['Not a valid course key.']],
  [`course-v1:a+b+${'c'.repeat(255)}`, ['Ensure this field has no more than 255 characters.']],
])('a course made as %j', (value, expected) => {
  expect(messages(value)).toEqual(expected);
});

it('finds a course by every text that names it', () => {
  expect(courseKeyCheck('slashes:edX+DemoX+Demo')).toBe('course-v1:edX+DemoX+Demo');
  for (const valid of vectors.valid) expect(courseKeyCheck(valid)).not.toBeInstanceOf(Refusal);
});
