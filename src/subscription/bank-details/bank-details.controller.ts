import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { forbidden } from '../../common/domain-error';
import { mapPage, type Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { PagedQuery } from '../../infra/http/page.request';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { bankDetailsGiven, maskedNumber } from './bank-details.errors';
import { BankDetailsService } from './bank-details.service';
import { BankDetailsChangeRequest, BankDetailsRequest } from './dto/bank-details.request';
import { BankDetailsResponse } from './dto/bank-details.response';

@ApiTags('Bank details')
@Envelope('drf')
@Controller('subscriptions/api/bankdetails')
export class BankDetailsController {
  constructor(private readonly bankDetails: BankDetailsService) {}

  @Post()
  @Authenticated()
  @Idempotent()
  @Fails(forbidden(), bankDetailsGiven())
  @ApiOperation({ summary: 'Say where you are paid to, once; creators only', description: 'You get a mail about it.' })
  @ApiCreatedResponse({ type: BankDetailsResponse })
  async create(
    @Body() body: BankDetailsRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<BankDetailsResponse> {
    return BankDetailsResponse.of(await this.bankDetails.create(accountId, body));
  }

  @Get()
  @Authenticated()
  @Fails(forbidden())
  @ApiOperation({ summary: 'Your bank details: a list of at most one; creators only' })
  @ApiOkResponse({ type: pageResponse(BankDetailsResponse) })
  async list(
    @Query() query: PagedQuery,
    @CurrentUser() { accountId }: Principal,
    @PageUrl() url: URL,
  ): Promise<Page<BankDetailsResponse>> {
    return mapPage(await this.bankDetails.find(accountId, query, url), BankDetailsResponse.of);
  }

  @Get(':id')
  @Authenticated()
  @ApiOperation({ summary: 'Your bank details; anybody’s to administrators' })
  @ApiOkResponse({ type: BankDetailsResponse })
  async get(@Param('id', IdParam) id: number, @CurrentUser() viewer: Principal): Promise<BankDetailsResponse> {
    return BankDetailsResponse.of(await this.bankDetails.get(id, viewer));
  }

  @Patch(':id')
  @Authenticated()
  @Fails(maskedNumber())
  @ApiOperation({
    summary: 'Change where you are paid to',
    description: 'An account number that is sent back as it was shown stays as it is. The owner gets a mail.',
  })
  @ApiOkResponse({ type: BankDetailsResponse })
  async change(
    @Param('id', IdParam) id: number,
    @Body() body: BankDetailsChangeRequest,
    @CurrentUser() viewer: Principal,
  ): Promise<BankDetailsResponse> {
    return BankDetailsResponse.of(await this.bankDetails.change(id, viewer, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({ summary: 'Remove your bank details', description: 'The owner gets a mail.' })
  @ApiNoContentResponse()
  async remove(@Param('id', IdParam) id: number, @CurrentUser() viewer: Principal): Promise<void> {
    await this.bankDetails.remove(id, viewer);
  }
}
