import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
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
import { OfferChangeRequest, OfferRequest, OwnOfferQuery } from './dto/offer.request';
import { OfferResponse } from './dto/offer.response';
import { OfferReaderService } from './offer-reader.service';
import { OfferService } from './offer.service';

@ApiTags('Commissions')
@Envelope('drf')
@Controller('commissions/api/commission-creator')
export class OfferController {
  constructor(
    private readonly offers: OfferService,
    private readonly reader: OfferReaderService,
  ) {}

  @Post()
  @Authenticated()
  @Idempotent()
  @Fails(forbidden())
  @ApiOperation({ summary: 'Offer work for money; creators only' })
  @ApiCreatedResponse({ type: OfferResponse, headers: ETAG_HEADER })
  async create(
    @Body() body: OfferRequest,
    @CurrentUser() user: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfferResponse> {
    const id = await this.offers.create(user.accountId, body);
    return OfferResponse.of(tagged(reply, await this.reader.get(id, user)));
  }

  @Get()
  @Authenticated()
  @ApiOperation({ summary: 'Your own offers, newest first' })
  @ApiOkResponse({ type: pageResponse(OfferResponse) })
  async list(
    @Query() query: OwnOfferQuery,
    @CurrentUser() { accountId }: Principal,
    @PageUrl() url: URL,
  ): Promise<Page<OfferResponse>> {
    return mapPage(await this.reader.own(accountId, query, url), OfferResponse.of);
  }

  @Get(':id')
  @OptionalAuth()
  @ApiOperation({ summary: 'One offer; an archived one for its creator alone' })
  @ApiOkResponse({ type: OfferResponse, headers: ETAG_HEADER })
  async get(
    @Param('id', IdParam) id: number,
    @MaybeUser() viewer: Principal | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfferResponse> {
    return OfferResponse.of(tagged(reply, await this.reader.get(id, viewer)));
  }

  @Patch(':id')
  @Authenticated()
  @Fails(forbidden(), preconditionFailed())
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOperation({ summary: 'Change an offer of your own; what was ordered stays as it was agreed' })
  @ApiOkResponse({ type: OfferResponse, headers: ETAG_HEADER })
  async change(
    @Param('id', IdParam) id: number,
    @Body() body: OfferChangeRequest,
    @CurrentUser() user: Principal,
    @IfMatch() ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfferResponse> {
    await this.offers.change(user.accountId, id, body, ifMatch);
    return OfferResponse.of(tagged(reply, await this.reader.get(id, user)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Authenticated()
  @Fails(forbidden(), preconditionFailed())
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOperation({ summary: 'Delete an offer of your own, or archive it where it was ordered' })
  @ApiNoContentResponse()
  async remove(
    @Param('id', IdParam) id: number,
    @CurrentUser() { accountId }: Principal,
    @IfMatch() ifMatch: string | undefined,
  ): Promise<void> {
    await this.offers.remove(accountId, id, ifMatch);
  }
}
