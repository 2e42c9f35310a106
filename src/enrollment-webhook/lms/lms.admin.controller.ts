import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../common/access';
import { mapPage, type Page, parsePage } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { IdParam } from '../../infra/http/id-param';
import { PageRequest } from '../../infra/http/page.request';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { lmsExists, lmsSecretLost } from '../enrollment-webhook.errors';
import { LmsChangeRequest, LmsRequest, LmsRotateRequest } from './dto/lms.request';
import { LmsResponse } from './dto/lms.response';
import { LmsTestResponse } from './dto/lms-test.response';
import { LmsService } from './lms.service';
import { LmsTestService } from './lms-test.service';

@ApiTags('Admin: LMSs')
@Controller('admin/lms')
export class LmsAdminController {
  constructor(
    private readonly lmses: LmsService,
    private readonly tests: LmsTestService,
  ) {}

  @Post()
  @Roles('admin')
  @Fails(lmsExists('Academy'))
  @ApiOperation({
    summary: 'Register an LMS',
    description:
      'It is told, in lernito’s contract, of enrolments that change from now on; `sync/` tells it of the rest.',
  })
  @ApiCreatedResponse({ type: LmsResponse })
  async register(@Body() body: LmsRequest): Promise<LmsResponse> {
    return LmsResponse.of(await this.lmses.register(body));
  }

  @Get()
  @Roles('admin')
  @ApiOperation({ summary: 'List LMSs' })
  @ApiOkResponse({ type: pageResponse(LmsResponse) })
  async list(@Query() query: PageRequest, @PageUrl() url: URL): Promise<Page<LmsResponse>> {
    return mapPage(await this.lmses.list(parsePage(query), url), LmsResponse.of);
  }

  @Get(':id')
  @Roles('admin')
  @ApiOperation({ summary: 'One LMS' })
  @ApiOkResponse({ type: LmsResponse })
  async get(@Param('id', IdParam) id: number): Promise<LmsResponse> {
    return LmsResponse.of(await this.lmses.get(id));
  }

  @Patch(':id')
  @Roles('admin')
  @Fails(lmsExists('Academy'))
  @ApiOperation({ summary: 'Change an LMS', description: 'What waits for its next attempt is tried at once.' })
  @ApiOkResponse({ type: LmsResponse })
  async change(@Param('id', IdParam) id: number, @Body() body: LmsChangeRequest): Promise<LmsResponse> {
    return LmsResponse.of(await this.lmses.change(id, body));
  }

  @Delete(':id')
  @Roles('admin')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove an LMS',
    description: 'It is told nothing any more; what it was told is forgotten.',
  })
  @ApiNoContentResponse()
  async remove(@Param('id', IdParam) id: number): Promise<void> {
    await this.lmses.remove(id);
  }

  @Post(':id/rotate')
  @Roles('admin')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Change the secret that an LMS shares',
    description:
      'The new one signs. For seven days the one before is tried where the LMS answers 401, and the timestamp header ' +
      'carries a signature by each, so that the LMS may be changed before or after.',
  })
  @ApiOkResponse({ type: LmsResponse })
  async rotate(@Param('id', IdParam) id: number, @Body() { secret }: LmsRotateRequest): Promise<LmsResponse> {
    return LmsResponse.of(await this.lmses.rotate(id, secret));
  }

  @Post(':id/test')
  @Roles('admin')
  @HttpCode(200)
  @Fails(lmsSecretLost())
  @ApiOperation({
    summary: 'Call an LMS without enrolling anybody',
    description:
      'lernito’s contract has no ping: a signed call without courses is refused with 400 for having none by a plugin ' +
      'that knows the secret, and with 401 by one that does not.',
  })
  @ApiOkResponse({ type: LmsTestResponse })
  async test(@Param('id', IdParam) id: number): Promise<LmsTestResponse> {
    return LmsTestResponse.of(await this.tests.test(id));
  }
}
