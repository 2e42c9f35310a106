import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { invalidPage, type Page } from '../../common/page';
import { PostReaderService } from '../../content/post/post-reader.service';
import type { PostView } from '../../content/post/post-view.service';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { ShortPagedQuery } from '../../infra/http/page.request';
import { PageUrl } from '../../infra/http/page-url';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { PostPageRequest } from '../page/post-page.request';
import { PostPage } from '../page/post-page.response';
import { viewerOf } from '../../content/access/post-access.service';
import { HomeService } from './home.service';

@ApiTags('Feed')
@Controller('feed/api')
@Envelope('drf')
@Fails(invalidPage())
export class HomeController {
  constructor(
    private readonly home: HomeService,
    private readonly posts: PostReaderService,
  ) {}

  @Get('feed')
  @Authenticated()
  @RateLimit('posts')
  @ApiOperation({
    summary: 'Posts of the creators you follow or are a member of, newest first',
    description:
      'Follow `next` and you see every post once, whatever is posted or deleted meanwhile; `?page=` counts from the newest.',
  })
  @ApiOkResponse({ type: PostPage })
  feed(@CurrentUser() user: Principal, @Query() query: PostPageRequest, @PageUrl() url: URL): Promise<Page<PostView>> {
    return this.home.feed(viewerOf(user), query, url);
  }

  @Get('get-posts')
  @Authenticated()
  @RateLimit('posts')
  @ApiOperation({ summary: 'Your own posts: drafts, then scheduled ones, then what is out, newest first' })
  @ApiOkResponse({ type: PostPage })
  own(@CurrentUser() user: Principal, @Query() query: ShortPagedQuery, @PageUrl() url: URL): Promise<Page<PostView>> {
    return this.posts.find({ ...query, creator: user.accountId }, viewerOf(user), url);
  }
}
