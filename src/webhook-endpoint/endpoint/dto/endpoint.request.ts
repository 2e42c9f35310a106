import { BooleanField, CharField, ListField, partial, UrlField } from '../../../infra/http/fields';
import { choiceCheck } from '../../../infra/http/fields/choice.field';
import { Strict } from '../../../infra/http/fields/plan';
import { EVENT_TYPES, type EventType } from '../../event/event-type.rules';

@Strict()
export class EndpointRequest {
  @UrlField({
    max: 2000,
    description: 'Over https, in the public internet.',
    example: 'https://bot.example.org/hooks/guildhall',
  })
  url: string;

  @ListField({
    item: choiceCheck(EVENT_TYPES),
    min: 1,
    max: EVENT_TYPES.length,
    description: 'What it hears of: see `GET /webhooks/event-types/`.',
    example: ['membership.started', 'tip.received'],
  })
  events: EventType[];

  @CharField({ blank: true, required: false, description: 'For yourself.', example: 'My Discord bot' })
  description = '';

  @BooleanField({ required: false, description: 'False: nothing is sent to it, nor kept for it.', example: true })
  enabled = true;
}

@Strict()
export class ChangeEndpointRequest extends partial(EndpointRequest) {}
