import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { forbidden, invalid } from '../../common/domain-error';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { StatsRequest } from './dto/stats.request';
import { StatsResponse } from './dto/stats.response';
import { UserStatsResponse } from './dto/user-stats.response';
import { StatsService } from './stats.service';

@ApiTags('Feed')
@Controller('feed/api')
@Envelope('drf')
export class StatsController {
  constructor(private readonly stats: StatsService) {}

  @Get('stats')
  @Authenticated()
  @Fails(invalid({ days: ['Ensure this value is less than or equal to 366.'] }), forbidden())
  @ApiOperation({
    summary: 'Your figures as a creator, day by day in your time zone',
    description:
      'The series counts what came on a day and still stands: follows and memberships that were not ended, likes that were not taken back, comments that are seen, posts that are out. Money is the ledger’s: currencies are never added up.',
  })
  @ApiOkResponse({ type: StatsResponse })
  ofCreator(@CurrentUser() { accountId }: Principal, @Query() { days }: StatsRequest): Promise<StatsResponse> {
    return this.stats.ofCreator(accountId, days);
  }

  @Get('userstats')
  @Authenticated()
  @ApiOperation({ summary: 'Your figures as a reader' })
  @ApiOkResponse({ type: UserStatsResponse })
  ofReader(@CurrentUser() { accountId }: Principal): Promise<UserStatsResponse> {
    return this.stats.ofReader(accountId);
  }
}
