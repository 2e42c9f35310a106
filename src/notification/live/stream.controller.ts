import { Controller, Get, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { tooManyStreams } from './stream.errors';
import { StreamService } from './stream.service';

@ApiTags('Notifications')
@Controller('feed/api/notifications')
@Envelope('drf')
export class StreamController {
  constructor(private readonly streams: StreamService) {}

  @Get('stream')
  @Authenticated()
  @Fails(tooManyStreams())
  @ApiOperation({
    summary: 'Your notifications, live',
    description:
      'Server-Sent Events: `notification` with an item of the list, and `unread_count` when the badge changes. Ends with its session.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'What you had last: what has come since is sent first. Browsers send it by themselves.',
    schema: { type: 'integer' },
    example: 7,
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string', example: 'id: 7\nevent: notification\ndata: {"slug":110916}\n\n' } })
  open(@CurrentUser() user: Principal, @Res() reply: FastifyReply): Promise<void> {
    return this.streams.open(user, reply);
  }
}
