import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, OptionalAuth } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { forbidden } from '../../common/domain-error';
import { mapPage, type Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { PagedQuery } from '../../infra/http/page.request';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { DeletableResponse, ListedOfferResponse } from './dto/offer.response';
import { OfferReaderService } from './offer-reader.service';

@ApiTags('Commissions')
@Envelope('drf')
@Controller('commissions')
export class OfferListController {
  constructor(private readonly reader: OfferReaderService) {}

  @Get('api/get-commissions')
  @OptionalAuth()
  @ApiOperation({
    summary: 'What can be ordered, newest first',
    description: 'The newest 10,000 are counted and can be paged to.',
  })
  @ApiOkResponse({ type: pageResponse(ListedOfferResponse) })
  async all(@Query() query: PagedQuery, @PageUrl() url: URL): Promise<Page<ListedOfferResponse>> {
    return mapPage(await this.reader.all(query, url), ListedOfferResponse.of);
  }

  @Get('list/:creatorId')
  @OptionalAuth()
  @ApiOperation({ summary: 'What can be ordered of one creator, newest first' })
  @ApiOkResponse({ type: pageResponse(ListedOfferResponse) })
  async ofCreator(
    @Param('creatorId', IdParam) creatorId: number,
    @Query() query: PagedQuery,
    @PageUrl() url: URL,
  ): Promise<Page<ListedOfferResponse>> {
    return mapPage(await this.reader.ofCreator(creatorId, query, url), ListedOfferResponse.of);
  }

  @Get('api/deletable/:id')
  @Authenticated()
  @Fails(forbidden())
  @ApiOperation({ summary: 'Whether an offer of your own can be deleted, and not only archived' })
  @ApiOkResponse({ type: DeletableResponse })
  deletable(@Param('id', IdParam) id: number, @CurrentUser() viewer: Principal): Promise<DeletableResponse> {
    return this.reader.deletable(id, viewer);
  }
}
