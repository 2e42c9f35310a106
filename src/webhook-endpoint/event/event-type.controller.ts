import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../common/access';
import { EventTypeResponse } from './dto/event-type.response';
import { DESCRIBED_EVENT_TYPES } from './event-type.rules';

@ApiTags('Webhook endpoints')
@Controller('webhooks/event-types')
export class EventTypeController {
  @Get()
  @Public()
  @ApiOperation({ summary: 'What endpoints can hear of, each with a sample of what is sent' })
  @ApiOkResponse({ type: [EventTypeResponse] })
  list(): EventTypeResponse[] {
    return DESCRIBED_EVENT_TYPES.map(EventTypeResponse.of);
  }
}
