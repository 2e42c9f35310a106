import { literalQuery } from './literal-plus';

it.each([
  ['/admin/courses/?course_id=course-v1:edX+DemoX+Demo', { course_id: 'course-v1:edX+DemoX+Demo' }],
  ['/x?course_id=course-v1%3AedX%2BDemoX%2BDemo&page=2', { course_id: 'course-v1:edX+DemoX+Demo', page: '2' }],
  ['/x?q=a%20b=c&q=last&flag&=', { q: 'last', flag: '', '': '' }],
  ['/x?q=100%&e=%ff#part?x=1', { q: '100%', e: '%ff' }],
  [
    '/x?__proto__=1',
    Object.defineProperty(Object.create(null), '__proto__', { value: '1', enumerable: true }) as object,
  ],
  ['/x', {}],
  ['/x?', {}],
])('%s', (url, expected) => {
  expect(Object.entries(literalQuery(url))).toEqual(Object.entries(expected));
});
