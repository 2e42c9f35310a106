import { firstRefusal, keysToLookUp, sentCourses } from './course-ids.rules';

const DEMO = 'course-v1:edX+DemoX+Demo';
const known = new Set([DEMO]);
const refusal = (...ids: string[]) => firstRefusal(sentCourses(ids), known)?.message;

it('lets known courses pass, in whatever form they are named', () => {
  expect(refusal(DEMO, 'slashes:edX+DemoX+Demo', `${DEMO}+block@b1`, DEMO)).toBeUndefined();
});

it('answers for the first id that fails, as sent', () => {
  expect(refusal(DEMO, 'slashes:a+b+c', 'nonsense')).toBe('Course slashes:a+b+c does not exist');
  expect(refusal(DEMO, 'nonsense', 'slashes:a+b+c')).toBe('Invalid course key format: nonsense');
  expect(refusal('library-v1:edX+DemoX')).toBe('Course library-v1:edX+DemoX does not exist');
});

it('looks up each key once, and none behind the first that is none', () => {
  expect(keysToLookUp(sentCourses([DEMO, 'slashes:edX+DemoX+Demo', 'a/b/c', 'nonsense', 'd/e/f']))).toEqual([
    DEMO,
    'a/b/c',
  ]);
  expect(keysToLookUp(sentCourses(['nonsense', DEMO]))).toEqual([]);
});
