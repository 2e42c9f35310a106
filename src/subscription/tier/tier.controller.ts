import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated, OptionalAuth } from '../../common/access';
import { CurrentUser, MaybeUser, type Principal } from '../../common/current-user';
import { forbidden } from '../../common/domain-error';
import { mapPage, type Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { ETAG_HEADER, IF_MATCH_HEADER, IfMatch, preconditionFailed, tagged } from '../../infra/http/etag';
import { IdParam } from '../../infra/http/id-param';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { TierChangeRequest, TierQuery, TierRequest } from './dto/tier.request';
import { TierResponse } from './dto/tier.response';
import { TierService } from './tier.service';

const NEW = {
  paid: { value: { name: 'Gold', prices: [{ currency: 'INR', amount: 19900 }], member_limit: 100 } },
  free: { value: { name: 'Friends', is_public: true } },
  legacy: { summary: 'a single price, as of old', value: { name: 'Gold', amount: 19900, currency: 'INR' } },
};
const CHANGES = {
  price: { summary: 'who has it keeps the old price', value: { prices: [{ currency: 'INR', amount: 24900 }] } },
  archived: { value: { archived: false } },
};

@ApiTags('Tiers')
@Envelope('drf')
@Controller('content/api/tiers')
export class TierController {
  constructor(private readonly tiers: TierService) {}

  @Post()
  @Authenticated()
  @Idempotent()
  @Fails(forbidden())
  @ApiOperation({ summary: 'Make a tier; creators only' })
  @ApiBody({ type: TierRequest, examples: NEW })
  @ApiCreatedResponse({ type: TierResponse, headers: ETAG_HEADER })
  async create(
    @Body() body: TierRequest,
    @CurrentUser() { accountId }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TierResponse> {
    return TierResponse.of(tagged(reply, await this.tiers.create(accountId, body)));
  }

  @Get()
  @OptionalAuth()
  @ApiOperation({
    summary: 'List tiers, newest first',
    description: 'Without `creator` the newest 10,000 are counted and can be paged to.',
  })
  @ApiOkResponse({ type: pageResponse(TierResponse) })
  async list(
    @Query() query: TierQuery,
    @MaybeUser() user: Principal | undefined,
    @PageUrl() url: URL,
  ): Promise<Page<TierResponse>> {
    return mapPage(await this.tiers.find(query, user, url), TierResponse.of);
  }

  @Get(':id')
  @OptionalAuth()
  @ApiOperation({ summary: 'One tier' })
  @ApiOkResponse({ type: TierResponse, headers: ETAG_HEADER })
  async get(@Param('id', IdParam) id: number, @Res({ passthrough: true }) reply: FastifyReply): Promise<TierResponse> {
    return TierResponse.of(tagged(reply, await this.tiers.get(id)));
  }

  @Patch(':id')
  @Authenticated()
  @Fails(forbidden(), preconditionFailed())
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOperation({ summary: 'Change a tier of your own; earlier subscribers keep their price' })
  @ApiBody({ type: TierChangeRequest, examples: CHANGES })
  @ApiOkResponse({ type: TierResponse, headers: ETAG_HEADER })
  async change(
    @Param('id', IdParam) id: number,
    @Body() body: TierChangeRequest,
    @CurrentUser() { accountId }: Principal,
    @IfMatch() ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TierResponse> {
    return TierResponse.of(tagged(reply, await this.tiers.change(accountId, id, body, ifMatch)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Authenticated()
  @Fails(forbidden(), preconditionFailed())
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOperation({ summary: 'Delete a tier of your own, or archive it where posts, members or payments name it' })
  @ApiNoContentResponse()
  async remove(
    @Param('id', IdParam) id: number,
    @CurrentUser() { accountId }: Principal,
    @IfMatch() ifMatch: string | undefined,
  ): Promise<void> {
    await this.tiers.remove(accountId, id, ifMatch);
  }
}
