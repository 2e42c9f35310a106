import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { notFound } from '../../common/domain-error';
import { mapPage, type Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { IdParam } from '../../infra/http/id-param';
import { PageRequest } from '../../infra/http/page.request';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { tooManyEndpoints } from '../webhook-endpoint.errors';
import { ChangeEndpointRequest, EndpointRequest } from './dto/endpoint.request';
import { EndpointResponse, EndpointTestResponse, EndpointWithSecretResponse } from './dto/endpoint.response';
import { MOST_ENDPOINTS } from './endpoint.rules';
import { EndpointService } from './endpoint.service';
import { EndpointTestService } from './endpoint-test.service';

@ApiTags('Webhook endpoints')
@Controller('webhooks/endpoints')
export class EndpointController {
  constructor(
    private readonly endpoints: EndpointService,
    private readonly tests: EndpointTestService,
  ) {}

  @Post()
  @Authenticated()
  @Idempotent()
  @Fails(tooManyEndpoints(MOST_ENDPOINTS))
  @ApiOperation({
    summary: 'Hear of what happens to you at a URL of yours',
    description: 'In the format of Standard Webhooks. The answer holds the secret, which is never shown again.',
  })
  @ApiCreatedResponse({ type: EndpointWithSecretResponse })
  async create(
    @Body() body: EndpointRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<EndpointWithSecretResponse> {
    return EndpointWithSecretResponse.with(await this.endpoints.create(accountId, body));
  }

  @Get()
  @Authenticated()
  @ApiOperation({ summary: 'Your webhook endpoints, oldest first' })
  @ApiOkResponse({ type: pageResponse(EndpointResponse) })
  async list(
    @Query() query: PageRequest,
    @CurrentUser() { accountId }: Principal,
    @PageUrl() url: URL,
  ): Promise<Page<EndpointResponse>> {
    return mapPage(await this.endpoints.list(accountId, query, url), EndpointResponse.of);
  }

  @Get(':id')
  @Authenticated()
  @Fails(notFound())
  @ApiOperation({ summary: 'A webhook endpoint of yours' })
  @ApiOkResponse({ type: EndpointResponse })
  async get(@Param('id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<EndpointResponse> {
    return EndpointResponse.of(await this.endpoints.get(accountId, id));
  }

  @Patch(':id')
  @Authenticated()
  @Fails(notFound())
  @ApiOperation({
    summary: 'Change a webhook endpoint of yours',
    description: 'Enabled anew it goes on with what waited for it; of what happened meanwhile it does not hear.',
  })
  @ApiOkResponse({ type: EndpointResponse })
  async change(
    @Param('id', IdParam) id: number,
    @Body() body: ChangeEndpointRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<EndpointResponse> {
    return EndpointResponse.of(await this.endpoints.change(accountId, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Authenticated()
  @Fails(notFound())
  @ApiOperation({ summary: 'Remove a webhook endpoint of yours, and its log' })
  @ApiNoContentResponse()
  async remove(@Param('id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<void> {
    await this.endpoints.remove(accountId, id);
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(notFound())
  @ApiOperation({
    summary: 'A new secret; for 24 hours the one before it signs too',
    description: 'The answer holds the new one, which is never shown again.',
  })
  @ApiOkResponse({ type: EndpointWithSecretResponse })
  async rotate(
    @Param('id', IdParam) id: number,
    @CurrentUser() { accountId }: Principal,
  ): Promise<EndpointWithSecretResponse> {
    return EndpointWithSecretResponse.with(await this.endpoints.rotate(accountId, id));
  }

  @Post(':id/test')
  @HttpCode(200)
  @Authenticated()
  @RateLimit('webhook-test')
  @Fails(notFound())
  @ApiOperation({ summary: 'Send an event `test` now, and see what came back' })
  @ApiOkResponse({ type: EndpointTestResponse })
  async test(@Param('id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<EndpointTestResponse> {
    return EndpointTestResponse.of(await this.tests.test(accountId, id));
  }
}
