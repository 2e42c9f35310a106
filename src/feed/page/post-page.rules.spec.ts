import { invalidPage } from '../../common/page';
import { encodeCursor } from './post-cursor.rules';
import { parsePostPage } from './post-page.rules';

const cursor = encodeCursor({ direction: 'after', publishAt: new Date(0), id: 7 });

it('counts off to the ten thousandth post, no further', () => {
  expect(parsePostPage({ page: '101', page_size: '100' })).toEqual({ page: 101, size: 100 });
  expect(() => parsePostPage({ page: '102', page_size: '100' })).toThrow(invalidPage());
  expect(() => parsePostPage({ page: '1000000' })).toThrow(invalidPage());
});

it('goes on from a cursor, whatever the number beside it', () => {
  expect(parsePostPage({ page: '999999', cursor })).toMatchObject({ cursor: { direction: 'after', id: 7 } });
});

it('takes no other text for a cursor', () => {
  expect(() => parsePostPage({ cursor: `${cursor}x` })).toThrow(invalidPage());
});
