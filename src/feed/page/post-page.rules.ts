import {
  invalidPage,
  MAX_PAGE,
  offsetOf,
  type Page,
  type PageQuery,
  type PageRequest,
  parsePage,
  SHORT_PAGE_LIMITS,
} from '../../common/page';
import { decodeCursor, encodeCursor, type PostCursor } from './post-cursor.rules';

export interface PostPageQuery extends PageQuery {
  readonly cursor?: unknown;
}

export interface PostPageRequest extends PageRequest {
  readonly cursor?: PostCursor;
}

/** What places a post in a list. */
export interface Placed {
  readonly id: number;
  readonly publish_at: Date | null;
}

/** A page by its number reads all that comes before it. `next` leads on from there, and costs the same everywhere. */
const DEEPEST_OFFSET = 10_000;

/** `?page=`, `?page_size=` and `?cursor=`. A cursor that is none, or a number beyond what is counted off, is no page: 404. */
export function parsePostPage(query: PostPageQuery): PostPageRequest {
  const request = parsePage(query, SHORT_PAGE_LIMITS);
  if (query.cursor === undefined || query.cursor === '') {
    if (offsetOf(request) > DEEPEST_OFFSET) throw invalidPage();
    return request;
  }
  const cursor = decodeCursor(query.cursor);
  if (cursor === undefined) throw invalidPage();
  return { ...request, cursor };
}

/**
 * The page of posts, newest first, made of `found`: what a page holds and, where there is one, the next post in the
 * direction of reading. The links carry cursors, so that whoever follows them sees every post once whatever is posted
 * or deleted meanwhile; beside it stands `page`, for clients that count. A page that was asked for by its number is a
 * 404 beyond the end; behind a cursor there may be nothing (any more), which is an empty page.
 */
export function postPage<T extends Placed>(
  found: readonly T[],
  count: number,
  request: PostPageRequest,
  url: URL,
): Page<T> {
  const { page, size, cursor } = request;
  const backward = cursor?.direction === 'before';
  const more = found.length > size;
  const results = more ? (backward ? found.slice(-size) : found.slice(0, size)) : found;
  if (cursor === undefined && results.length === 0 && page > 1) throw invalidPage();
  const hasNext = backward || more;
  const hasPrevious = backward ? more : cursor !== undefined || page > 1;
  return {
    count,
    next: hasNext ? linkTo(url, Math.min(MAX_PAGE, page + 1), olderThan(results, cursor)) : null,
    previous: hasPrevious ? linkTo(url, Math.max(1, page - 1), newerThan(results, cursor)) : null,
    results,
  };
}

function olderThan(results: readonly Placed[], cursor: PostCursor | undefined): PostCursor | undefined {
  const last = results.at(-1);
  if (last !== undefined) return placeOf(last, 'after');
  // Nothing is newer: what follows is the beginning of the list, with the post that the cursor is about.
  return cursor && { ...cursor, direction: 'after', id: Math.min(Number.MAX_SAFE_INTEGER, cursor.id + 1) };
}

function newerThan(results: readonly Placed[], cursor: PostCursor | undefined): PostCursor | undefined {
  const [first] = results;
  if (first !== undefined) return placeOf(first, 'before');
  // Nothing is older: what precedes is the end of the list, with the post that the cursor is about.
  return cursor && { ...cursor, direction: 'before', id: Math.max(0, cursor.id - 1) };
}

function placeOf({ publish_at, id }: Placed, direction: PostCursor['direction']): PostCursor {
  if (publish_at === null) throw new Error(`Post ${id} is listed and has no time`);
  return { direction, publishAt: publish_at, id };
}

/** As in DRF, the first page's number is left out. */
function linkTo(url: URL, page: number, cursor: PostCursor | undefined): string {
  const link = new URL(url);
  if (page === 1) link.searchParams.delete('page');
  else link.searchParams.set('page', String(page));
  if (cursor !== undefined) link.searchParams.set('cursor', encodeCursor(cursor));
  return link.toString();
}
