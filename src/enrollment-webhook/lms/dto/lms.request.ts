import { BooleanField, CharField, ChoiceField, ObjectField, partial, UrlField } from '../../../infra/http/fields';
import { Strict } from '../../../infra/http/fields/plan';
import { PagedQuery } from '../../../infra/http/page.request';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../lms-delivery.state';

const MAX_URL = 2000;
const MIN_SECRET = 8;
const SECRET = { min: MIN_SECRET, trim: false, example: 'a-secret-of-the-lms-2b7f9a4e6d8c01f3' } as const;

@Strict()
export class LmsOpenEdxRequest {
  @UrlField({ max: MAX_URL, description: 'Of the LMS, without `/api/`.', example: 'https://lms.example.org' })
  base_url: string;

  @CharField({ description: 'Of an OAuth2 application whose user is global staff.', example: 'guildhall' })
  client_id: string;

  @CharField({ max: 1000, trim: false, description: 'Kept encrypted, never answered.', example: 'client-secret-91c7' })
  client_secret: string;
}

/** What may be changed later: the secret is rotated. */
@Strict()
export class LmsSettingsRequest {
  @CharField({ max: 100, description: 'Unique.', example: 'Academy' })
  name: string;

  @UrlField({
    max: MAX_URL,
    description: 'Of its lernito plugin.',
    example: 'https://lms.example.org/lernito/webhook/',
  })
  url: string;

  @UrlField({
    max: MAX_URL,
    required: false,
    nullable: true,
    description: 'Where it wants to hear that an enrolment has ended.',
    example: 'https://lms.example.org/guildhall/events/',
  })
  events_url?: string | null;

  @ObjectField(LmsOpenEdxRequest, {
    required: false,
    nullable: true,
    description: 'By which enrolments are withdrawn; then `events_url` is not called.',
  })
  openedx?: LmsOpenEdxRequest | null;

  @BooleanField({ required: false, description: 'Switched off, it is told when it is switched on.', example: true })
  enabled?: boolean;
}

@Strict()
export class LmsRequest extends LmsSettingsRequest {
  @CharField({ ...SECRET, description: 'Shared with the plugin. Kept encrypted, never answered.' })
  secret: string;
}

@Strict()
export class LmsChangeRequest extends partial(LmsSettingsRequest) {}

@Strict()
export class LmsRotateRequest {
  @CharField({ ...SECRET, description: 'The new one. The one before is still tried after a 401, for seven days.' })
  secret: string;
}

@Strict()
export class LmsDeliveryQuery extends PagedQuery {
  @ChoiceField(DELIVERY_STATUSES, { required: false, description: 'Only these.', example: 'not_withdrawn' })
  status?: DeliveryStatus;
}
