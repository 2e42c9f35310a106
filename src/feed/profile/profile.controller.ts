import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { OptionalAuth } from '../../common/access';
import { MaybeUser, type Principal } from '../../common/current-user';
import { invalidPage } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { PageUrl } from '../../infra/http/page-url';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { PostPageRequest } from '../page/post-page.request';
import { viewerOf } from '../../content/access/post-access.service';
import { PrivateProfileResponse, UserProfileResponse } from './dto/profile.response';
import { ProfileService } from './profile.service';

@ApiTags('Feed')
@Controller('feed/api')
@Envelope('drf')
@ApiExtraModels(UserProfileResponse, PrivateProfileResponse)
export class ProfileController {
  constructor(private readonly profiles: ProfileService) {}

  @Get('user-profile/:id')
  @OptionalAuth()
  @RateLimit('posts')
  @Fails(invalidPage())
  @ApiOperation({
    summary: 'Somebody, and a page of their posts, newest first',
    description:
      'A private account that is no creator’s shows no more than name and picture. `next` and `previous` carry cursors as those of the feed.',
  })
  @ApiOkResponse({
    schema: { anyOf: [UserProfileResponse, PrivateProfileResponse].map((type) => ({ $ref: getSchemaPath(type) })) },
  })
  read(
    @Param('id', IdParam) id: number,
    @MaybeUser() user: Principal | undefined,
    @Query() query: PostPageRequest,
    @PageUrl() url: URL,
  ): Promise<UserProfileResponse | PrivateProfileResponse> {
    return this.profiles.read(id, viewerOf(user), query, url);
  }
}
