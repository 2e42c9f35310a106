import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { mapPage, type Page } from '../../common/page';
import { pageResponse } from '../../infra/http/page.response';
import { PagedQuery } from '../../infra/http/page.request';
import { PageUrl } from '../../infra/http/page-url';
import { OwnEnrolmentResponse } from './dto/own-enrolment.response';
import { OwnEnrolmentService } from './own-enrolment.service';

@ApiTags('Enrolments')
@Controller('api/enrollments')
export class EnrolmentController {
  constructor(private readonly enrolments: OwnEnrolmentService) {}

  @Get()
  @Authenticated()
  @ApiOperation({ summary: 'The courses you are or were enrolled in, newest first' })
  @ApiOkResponse({ type: pageResponse(OwnEnrolmentResponse) })
  async list(
    @CurrentUser() user: Principal,
    @Query() query: PagedQuery,
    @PageUrl() url: URL,
  ): Promise<Page<OwnEnrolmentResponse>> {
    return mapPage(await this.enrolments.page(user.accountId, query, url), OwnEnrolmentResponse.of);
  }
}
