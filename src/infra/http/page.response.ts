import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../common/page';

/** The OpenAPI schema of a page of `item`s: `@ApiOkResponse({ type: pageResponse(CourseResponse) })`. */
export function pageResponse<T>(item: Type<T>): Type<Page<T>> {
  class PageResponse implements Page<T> {
    @ApiProperty({ type: 'integer', example: 1, description: 'Of the whole list.' })
    count: number;

    @ApiProperty({ type: String, format: 'uri', nullable: true, example: null })
    next: string | null;

    @ApiProperty({ type: String, format: 'uri', nullable: true, example: null })
    previous: string | null;

    @ApiProperty({ type: item, isArray: true })
    results: T[];
  }
  Object.defineProperty(PageResponse, 'name', { value: item.name.replace(/(?:Response)?$/, 'Page') });
  return PageResponse;
}
