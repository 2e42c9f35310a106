import { invalidPage } from '../../common/page';
import { encodeCursor } from './post-cursor.rules';
import { parsePostPage, postPage } from './post-page.rules';

const cursor = encodeCursor({ direction: 'after', publishAt: new Date(0), id: 7 });

it('counts off to the ten thousandth post, no further', () => {
  expect(parsePostPage({ page: '201', page_size: '50' })).toEqual({ page: 201, size: 50 });
  expect(() => parsePostPage({ page: '202', page_size: '50' })).toThrow(invalidPage());
  expect(() => parsePostPage({ page: '1000000' })).toThrow(invalidPage());
});

it('goes on from a cursor, whatever the number beside it', () => {
  expect(parsePostPage({ page: '999999', cursor })).toMatchObject({ cursor: { direction: 'after', id: 7 } });
});

it.each([
  ['after', 0, 0],
  ['after', 0, Number.MAX_SAFE_INTEGER],
  ['before', 253_402_300_799_999, Number.MAX_SAFE_INTEGER],
  ['before', 253_402_300_799_999, 0],
] as const)('the links beside an empty page %s %d.%d lead somewhere', (direction, at, id) => {
  const text = encodeCursor({ direction, publishAt: new Date(at), id });
  const request = parsePostPage({ page: '1000000', cursor: text });
  const { next, previous } = postPage([], 0, request, new URL('https://example.org/feed/api/feed'));
  for (const link of [next, previous].filter((one) => one !== null)) {
    const query = Object.fromEntries(new URL(link).searchParams);
    expect(() => parsePostPage(query)).not.toThrow();
  }
});

it('takes no other text for a cursor', () => {
  expect(() => parsePostPage({ cursor: `${cursor}x` })).toThrow(invalidPage());
});
