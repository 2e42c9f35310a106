import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, OptionalAuth } from '../../common/access';
import { CurrentUser, MaybeUser, type Principal } from '../../common/current-user';
import { forbidden, notFound } from '../../common/domain-error';
import type { Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { unknownPk } from '../content.errors';
import { banned } from './comment.errors';
import { CommentService } from './comment.service';
import { CommentChangeRequest, CommentQuery, CommentRequest } from './dto/comment.request';
import { CommentResponse } from './dto/comment.response';

@ApiTags('Comments')
@Controller('content/api/comment')
@Envelope('drf')
export class CommentController {
  constructor(private readonly comments: CommentService) {}

  @Post()
  @Authenticated()
  @RateLimit('comment')
  @Idempotent()
  @Fails(unknownPk('content', 9), unknownPk('parent', 9), forbidden(), banned('Spam.'))
  @ApiOperation({ summary: 'Comment on a post that you may read' })
  @ApiCreatedResponse({ type: CommentResponse })
  create(@Body() body: CommentRequest, @CurrentUser() user: Principal): Promise<CommentResponse> {
    return this.comments.create(body, user);
  }

  @Get()
  @OptionalAuth()
  @Fails(forbidden(), notFound())
  @ApiOperation({
    summary: 'The comments of a post, oldest first',
    description: 'At most 10,000. A deleted comment stays, without author and body, where there are replies to it.',
  })
  @ApiOkResponse({ type: pageResponse(CommentResponse) })
  list(
    @Query() query: CommentQuery,
    @MaybeUser() user: Principal | undefined,
    @PageUrl() url: URL,
  ): Promise<Page<CommentResponse>> {
    return this.comments.find(query, user, url);
  }

  @Get(':id')
  @OptionalAuth()
  @Fails(forbidden())
  @ApiOperation({ summary: 'One comment' })
  @ApiOkResponse({ type: CommentResponse })
  get(@Param('id', IdParam) id: number, @MaybeUser() user: Principal | undefined): Promise<CommentResponse> {
    return this.comments.get(id, user);
  }

  @Patch(':id')
  @Authenticated()
  @Fails(forbidden(), banned('Spam.'))
  @ApiOperation({ summary: 'Change your comment' })
  @ApiOkResponse({ type: CommentResponse })
  change(
    @Param('id', IdParam) id: number,
    @Body() { body }: CommentChangeRequest,
    @CurrentUser() user: Principal,
  ): Promise<CommentResponse> {
    return this.comments.edit(id, body, user);
  }

  @Delete(':id')
  @HttpCode(204)
  @Authenticated()
  @Fails(forbidden())
  @ApiOperation({ summary: 'Delete your comment, or one on your post' })
  @ApiNoContentResponse()
  remove(@Param('id', IdParam) id: number, @CurrentUser() user: Principal): Promise<void> {
    return this.comments.remove(id, user);
  }
}
