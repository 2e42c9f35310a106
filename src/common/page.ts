import { DomainError } from './domain-error';

/** DRF's page of a list. */
export interface Page<T> {
  readonly count: number;
  /** The absolute URL of the next page. */
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly T[];
}

export interface PageRequest {
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

export interface PageQuery {
  readonly page?: unknown;
  readonly page_size?: unknown;
}

export interface PageLimits {
  readonly size: number;
  readonly maxSize: number;
}

export const DEFAULT_PAGE_LIMITS: PageLimits = { size: 20, maxSize: 100 };
/** Of lists whose items are long. */
export const SHORT_PAGE_LIMITS: PageLimits = { size: 20, maxSize: 50 };

/** Beyond this an OFFSET costs more than any client needs; a keyset serves those. */
export const MAX_PAGE = 1_000_000;

/** As far as long lists are counted and read by the numbers of their pages, each of which reads all that comes before it. */
export const MOST_PAGED = 10_000;

/** `?page=` and `?page_size=`. As in DRF a bad page is a 404, and a bad size means the usual one. */
export function parsePage(query: PageQuery, limits: PageLimits = DEFAULT_PAGE_LIMITS): PageRequest {
  const page = query.page === undefined || query.page === '' ? 1 : wholeNumber(query.page);
  if (page === undefined || page < 1 || page > MAX_PAGE) throw invalidPage();
  const size = wholeNumber(query.page_size) ?? limits.size;
  return { page, size: size < 1 ? limits.size : Math.min(size, limits.maxSize) };
}

/** The same, of a list whose count ends at MOST_PAGED: a page that begins behind it is none. */
export function parseShallowPage(query: PageQuery): PageRequest {
  const request = parsePage(query);
  if (offsetOf(request) >= MOST_PAGED) throw invalidPage();
  return request;
}

export function offsetOf(request: PageRequest): number {
  return (request.page - 1) * request.size;
}

/**
 * The page around `results`. `url` is the request's own absolute URL, whose other parameters the links keep.
 * A page beyond the last one is a 404, except for the first page of an empty list.
 */
export function pageOf<T>(results: readonly T[], count: number, request: PageRequest, url: URL): Page<T> {
  const last = Math.max(1, Math.ceil(count / request.size));
  if (request.page > last) throw invalidPage();
  return {
    count,
    next: request.page < last ? linkTo(url, request.page + 1) : null,
    previous: request.page > 1 ? linkTo(url, request.page - 1) : null,
    results,
  };
}

export function mapPage<T, R>(page: Page<T>, present: (item: T) => R): Page<R> {
  return { ...page, results: page.results.map((item) => present(item)) };
}

/** DRF leaves `page` out of a link to the first page. */
function linkTo(url: URL, page: number): string {
  const link = new URL(url);
  if (page === 1) link.searchParams.delete('page');
  else link.searchParams.set('page', String(page));
  return link.toString();
}

function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** DRF's answer for a page that is not there. */
export function invalidPage(): DomainError<'invalid_page'> {
  return new DomainError('not-found', 'invalid_page', 'Invalid page.');
}
