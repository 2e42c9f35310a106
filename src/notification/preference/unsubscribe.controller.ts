import { Controller, Get, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Public } from '../../common/access';
import { notFound } from '../../common/domain-error';
import { Fails } from '../../infra/docs/fails';
import { AcceptsForm } from '../../infra/http/accepts-form';
import { Envelope } from '../../infra/http/envelope';
import type { Page } from '../../infra/http/html-page';
import { PageInterceptor, WantsPage } from '../../infra/http/html-page.interceptor';
import { extendRouteConfig } from '../../infra/http/route-config';
import { UnsubscribeService } from './unsubscribe.service';

class UnsubscribeResponse {
  @ApiProperty({ example: 'You get no more daily mails.' })
  detail: string;
}

const TOKEN = { name: 'token', example: '17.digest.Zk3q9mZ2v1y8b5t4r7w6x3u0s9AcJ1Vq0v7o5zQ0o1c' };

@ApiTags('Notifications')
@Controller('feed/api/notifications/unsubscribe/:token')
@Envelope('drf')
@AcceptsForm()
@UseInterceptors(PageInterceptor)
export class UnsubscribeController {
  constructor(private readonly unsubscribing: UnsubscribeService) {}

  @Get()
  @Public()
  @ApiParam(TOKEN)
  @ApiOperation({ summary: 'The page of the link out of a mail', description: 'Changes nothing.' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  show(@Param('token') token: string): Page {
    return this.unsubscribing.show(token);
  }

  // RFC 8058 has mail programs send multipart forms and allows urlencoded ones. What stands in them changes nothing.
  @Post()
  @Public()
  @HttpCode(200)
  @extendRouteConfig({ acceptsMultipart: true })
  @ApiParam(TOKEN)
  @Fails(notFound())
  @ApiOperation({
    summary: 'Get no more of these mails',
    description: 'What mail programs post to by themselves (RFC 8058), and the button of the page. Needs no login.',
  })
  @ApiOkResponse({ type: UnsubscribeResponse })
  unsubscribe(@Param('token') token: string, @WantsPage() wantsPage: boolean): Promise<Page | UnsubscribeResponse> {
    return this.unsubscribing.unsubscribe(token, wantsPage);
  }
}
