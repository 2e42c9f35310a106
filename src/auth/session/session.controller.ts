import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import type { Page } from '../../common/page';
import { IdParam } from '../../infra/http/id-param';
import { PageRequest } from '../../infra/http/page.request';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { type Client, FromClient } from './client';
import { SessionResponse } from './dto/session.response';
import { SessionListService } from './session-list.service';

@ApiTags('Sessions')
@Controller('authenticate/sessions')
export class SessionController {
  constructor(private readonly sessions: SessionListService) {}

  @Get()
  @Authenticated()
  @ApiOperation({ summary: 'My sessions', description: 'Every sign-in that is alive, last used first.' })
  @ApiOkResponse({ type: pageResponse(SessionResponse) })
  list(
    @CurrentUser() owner: Principal,
    @Query() query: PageRequest,
    @PageUrl() url: URL,
  ): Promise<Page<SessionResponse>> {
    return this.sessions.page(owner, query, url);
  }

  @Delete()
  @Authenticated()
  @HttpCode(204)
  @ApiOperation({ summary: 'End all my other sessions' })
  @ApiNoContentResponse()
  endOthers(@CurrentUser() owner: Principal, @FromClient() client: Client): Promise<void> {
    return this.sessions.endOthers(owner, client);
  }

  @Delete(':id/')
  @Authenticated()
  @HttpCode(204)
  @ApiOperation({ summary: 'End one of my sessions', description: 'Its access tokens are refused at once.' })
  @ApiNoContentResponse()
  end(@CurrentUser() owner: Principal, @Param('id', IdParam) id: number, @FromClient() client: Client): Promise<void> {
    return this.sessions.end(owner, id, client);
  }
}
