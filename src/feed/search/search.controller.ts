import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OptionalAuth } from '../../common/access';
import { MaybeUser, type Principal } from '../../common/current-user';
import { invalid } from '../../common/domain-error';
import { invalidPage } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { PageUrl } from '../../infra/http/page-url';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { viewerOf } from '../../content/access/post-access.service';
import { SearchRequest } from './dto/search.request';
import { SearchResponse } from './dto/search.response';
import { SearchService } from './search.service';

@ApiTags('Feed')
@Controller('feed/api')
@Envelope('drf')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get('search')
  @OptionalAuth()
  @RateLimit('posts')
  @Fails(invalid({ q: ['This field is required.'] }), invalidPage())
  @ApiOperation({
    summary: 'Creators by name, posts by their words',
    description:
      'Names forgive a mistyped letter or two. Posts hold all of the words, the last of which may be unfinished; what is locked for you is found by its title only. The newest matches, at most 1,000, are ranked, counted and paged.',
  })
  @ApiOkResponse({ type: SearchResponse })
  find(
    @Query() query: SearchRequest,
    @MaybeUser() user: Principal | undefined,
    @PageUrl() url: URL,
  ): Promise<SearchResponse> {
    return this.search.search(query, viewerOf(user), url);
  }
}
