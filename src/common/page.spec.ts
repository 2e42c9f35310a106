import { offsetOf, pageOf, parsePage } from './page';

const URL_ = new URL('https://example.org/api/things/?q=a%20b&page=2');

describe('parsePage', () => {
  it.each([
    [{}, { page: 1, size: 20 }],
    [{ page: '' }, { page: 1, size: 20 }],
    [
      { page: '3', page_size: '50' },
      { page: 3, size: 50 },
    ],
    [
      { page: 3, page_size: 7 },
      { page: 3, size: 7 },
    ],
    [{ page_size: '1000' }, { page: 1, size: 100 }],
    [{ page_size: '0' }, { page: 1, size: 20 }],
    [{ page_size: 'many' }, { page: 1, size: 20 }],
    [{ page_size: '-5' }, { page: 1, size: 20 }],
  ])('reads %j', (query, expected) => {
    expect(parsePage(query)).toEqual(expected);
  });

  it.each(['0', '-1', '1.5', 'last', '1e3', '99999999999', 0, -1, 1.5, ['1'], {}, true])(
    'answers 404 to page %j',
    (page) => {
      expect(() => parsePage({ page })).toThrow(expect.objectContaining({ status: 404, message: 'Invalid page.' }));
    },
  );
});

describe('pageOf', () => {
  const page = (number: number, count: number) => pageOf(['x'], count, { page: number, size: 10 }, URL_);

  it('links to its neighbours and keeps the rest of the query', () => {
    expect(page(2, 25)).toEqual({
      count: 25,
      next: 'https://example.org/api/things/?q=a+b&page=3',
      previous: 'https://example.org/api/things/?q=a+b',
      results: ['x'],
    });
    expect(page(3, 30)).toMatchObject({ next: null, previous: 'https://example.org/api/things/?q=a+b&page=2' });
  });

  it('has an empty first page, and none beyond the last', () => {
    expect(page(1, 0)).toMatchObject({ count: 0, next: null, previous: null });
    expect(page(3, 25)).toMatchObject({ next: null });
    expect(() => page(4, 25)).toThrow(expect.objectContaining({ status: 404, message: 'Invalid page.' }));
    expect(() => page(2, 0)).toThrow(expect.objectContaining({ status: 404 }));
  });

  it('knows what to skip', () => {
    expect(offsetOf({ page: 1, size: 10 })).toBe(0);
    expect(offsetOf({ page: 3, size: 10 })).toBe(20);
  });
});
