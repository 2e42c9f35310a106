import { BooleanField, ChoiceField, field, IntegerField, ListField } from '../../../infra/http/fields';
import { checkObject, Strict } from '../../../infra/http/fields/plan';
import { KINDS, MAIL_MODES, type MailMode, type NotificationKind } from '../../kind/notification-kind.rules';

/** So that what was answered can be sent back, changed where somebody wishes it otherwise. */
const AS_ANSWERED = { required: false, description: 'As it was answered: it changes nothing.' } as const;

@Strict()
export class KindPreference {
  @ChoiceField(KINDS, { example: 'like' })
  kind: NotificationKind;

  @BooleanField({ required: false, description: 'In the list, and live.', example: true })
  bell?: boolean;

  @ChoiceField(MAIL_MODES, { required: false, example: 'daily' })
  mail?: MailMode;

  @field((value) => value, { ...AS_ANSWERED, example: false }, { type: 'boolean' })
  locked?: unknown;
}

@Strict()
export class QuietHours {
  @IntegerField({ min: 0, max: 23, example: 22, description: 'An hour of your day.' })
  from: number;

  @IntegerField({ min: 0, max: 23, example: 7 })
  until: number;
}

/** What is not named stays as it is. */
@Strict()
export class PreferencesRequest {
  @ListField({
    item: (value) => checkObject(KindPreference, value),
    itemType: KindPreference,
    max: 50,
    required: false,
    description: 'Each kind once; what is not named stays as it is.',
    example: [{ kind: 'like', bell: false, mail: 'off' }],
  })
  preferences?: KindPreference[];

  @field(
    (value) => checkObject(QuietHours, value),
    {
      required: false,
      nullable: true,
      description: 'When a mail that would be sent at once waits for the daily one. Null: never.',
      example: { from: 22, until: 7 },
    },
    { type: QuietHours },
  )
  quiet_hours?: QuietHours | null;

  @field((value) => value, { ...AS_ANSWERED, example: 'Asia/Kolkata' }, { type: 'string' })
  time_zone?: unknown;

  @field((value) => value, { ...AS_ANSWERED, example: 9 }, { type: 'integer' })
  digest_hour?: unknown;
}
