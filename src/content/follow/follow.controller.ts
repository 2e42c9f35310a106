import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { FollowRequest } from './dto/follow.request';
import { FollowResponse } from './dto/follow.response';
import { followsOneself, unknownCreator } from './follow.errors';
import { FollowService } from './follow.service';

@ApiTags('Following')
@Controller('feed/api/follow')
@Envelope('drf')
export class FollowController {
  constructor(private readonly follows: FollowService) {}

  @Get(':creator_id')
  @Authenticated()
  @ApiOperation({ summary: 'Whether you follow a creator' })
  @ApiOkResponse({ type: FollowResponse })
  get(@Param('creator_id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<FollowResponse> {
    return this.follows.state(accountId, id, 'path');
  }

  @Post(':creator_id')
  @HttpCode(200)
  @Authenticated()
  @Fails(followsOneself('path'))
  @ApiOperation({ summary: 'Follow a creator' })
  @ApiOkResponse({ type: FollowResponse })
  follow(@Param('creator_id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<FollowResponse> {
    return this.follows.follow(accountId, id, 'path');
  }

  @Delete(':creator_id')
  @HttpCode(200)
  @Authenticated()
  @ApiOperation({ summary: 'Follow a creator no more' })
  @ApiOkResponse({ type: FollowResponse })
  unfollow(@Param('creator_id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<FollowResponse> {
    return this.follows.unfollow(accountId, id, 'path');
  }
}

@ApiTags('Following')
@Controller('content/api/user-creator')
@Envelope('drf')
export class UserCreatorController {
  constructor(private readonly follows: FollowService) {}

  @Patch()
  @Authenticated()
  @Fails(unknownCreator('field', 9), followsOneself('field'))
  @ApiOperation({ summary: 'Follow a creator, or follow them no more' })
  @ApiOkResponse({ type: FollowResponse })
  change(
    @Body() { creator, following }: FollowRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<FollowResponse> {
    return this.follows.set(accountId, creator, following, 'field');
  }
}
