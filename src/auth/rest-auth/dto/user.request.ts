import { BooleanField, CharField, field, partial, UrlField } from '../../../infra/http/fields';
import { charCheck } from '../../../infra/http/fields/char.field';
import { Refusal, refuse } from '../../../infra/http/fields/refusal';
import { MAX_USERNAME } from '../../account/account.rules';
import { timeZoneOf } from '../time-zone.rules';

const MAX_TIME_ZONE = 64;
const timeZoneText = charCheck({ max: MAX_TIME_ZONE });

function timeZoneCheck(value: unknown): string | Refusal {
  const text = timeZoneText(value);
  if (text instanceof Refusal) return text;
  return timeZoneOf(text) ?? refuse(`"${text}" is not a valid choice.`);
}

export class UserRequest {
  @CharField({ max: MAX_USERNAME, example: 'ravi' })
  username: string;

  @CharField({ max: 150, required: false, blank: true, example: 'Ravi' })
  first_name?: string;

  @CharField({ max: 150, required: false, blank: true, example: 'Rao' })
  last_name?: string;

  @BooleanField({ required: false, example: true, description: 'Can be switched on, and not off again.' })
  is_creator?: boolean;

  @CharField({ max: 2000, required: false, blank: true, example: 'I write about trains.' })
  bio?: string;

  @UrlField({ max: 500, required: false, blank: true, example: 'https://images.example.org/ravi.jpg' })
  profile_pic?: string;

  @field(
    timeZoneCheck,
    { required: false, description: 'An IANA name.', example: 'Asia/Kolkata' },
    {
      type: String,
      maxLength: MAX_TIME_ZONE,
    },
  )
  time_zone?: string;
}

export class UserPatchRequest extends partial(UserRequest) {}
