import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { Roles } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { mapPage, type Page } from '../../common/page';
import { IdParam } from '../../infra/http/id-param';
import { LiteralPlus } from '../../infra/http/literal-plus';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { AllowanceResponse } from '../allowance/dto/allowance.response';
import { EnrolmentChangeRequest, EnrolmentQuery, EnrolmentRequest } from './dto/enrolment.request';
import { EnrolmentResponse } from './dto/enrolment.response';
import { EnrolmentAdminService } from './enrolment-admin.service';
import { Fails } from '../../infra/docs/fails';
import { alreadyEnrolled, enrolmentSuspended, moveForbidden } from '../enrollment-webhook.errors';

@ApiTags('Admin: enrolments')
@ApiExtraModels(EnrolmentResponse, AllowanceResponse)
@Controller('admin/enrollments')
export class EnrolmentAdminController {
  constructor(private readonly enrolments: EnrolmentAdminService) {}

  @Get()
  @Roles('admin', 'support')
  @LiteralPlus()
  @ApiOperation({ summary: 'Who is enrolled where, with the history of each' })
  @ApiOkResponse({ type: pageResponse(EnrolmentResponse) })
  async list(@Query() query: EnrolmentQuery, @PageUrl() url: URL): Promise<Page<EnrolmentResponse>> {
    return mapPage(await this.enrolments.find(query, url), EnrolmentResponse.ofRecord);
  }

  @Get(':id')
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'One enrolment, with its history' })
  @ApiOkResponse({ type: EnrolmentResponse })
  async get(@Param('id', IdParam) id: number): Promise<EnrolmentResponse> {
    return EnrolmentResponse.ofRecord(await this.enrolments.get(id));
  }

  @Post()
  @Roles('admin', 'support')
  @Fails(alreadyEnrolled(), enrolmentSuspended())
  @ApiOperation({
    summary: 'Enrol somebody',
    description:
      'By account at once; by mail address at once where its owner has proven it, otherwise as an allowance that ' +
      'becomes an enrolment with the proof.',
  })
  @ApiCreatedResponse({
    schema: { oneOf: [{ $ref: getSchemaPath(EnrolmentResponse) }, { $ref: getSchemaPath(AllowanceResponse) }] },
  })
  async create(
    @Body() body: EnrolmentRequest,
    @CurrentUser() user: Principal,
  ): Promise<EnrolmentResponse | AllowanceResponse> {
    const granted = await this.enrolments.grant(body, user.accountId);
    return 'enrolment' in granted
      ? EnrolmentResponse.ofRecord(granted.enrolment)
      : AllowanceResponse.of(granted.allowance);
  }

  @Patch(':id')
  @Roles('admin', 'support')
  @Fails(moveForbidden('ended', 'suspended'))
  @ApiOperation({ summary: 'Suspend, end or restore an enrolment, or set when it ends' })
  @ApiOkResponse({ type: EnrolmentResponse })
  async change(
    @Param('id', IdParam) id: number,
    @Body() body: EnrolmentChangeRequest,
    @CurrentUser() user: Principal,
  ): Promise<EnrolmentResponse> {
    return EnrolmentResponse.ofRecord(await this.enrolments.change(id, body, user.accountId));
  }
}
