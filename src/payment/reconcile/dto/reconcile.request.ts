import { BooleanField, field, type FieldOptions } from '../../../infra/http/fields';
import { dateCheck, dateTimeCheck } from '../../../infra/http/fields/date.field';
import { Strict } from '../../../infra/http/fields/plan';
import { type Check, Refusal, refuse } from '../../../infra/http/fields/refusal';

/** To the second, up to the end of the year 9999. */
const LAST_SECOND = 253_402_300_799;

const momentCheck: Check<Date> = (value) => {
  if (typeof value === 'number') {
    const isSecond = Number.isSafeInteger(value) && value >= 0 && value <= LAST_SECOND;
    return isSecond ? new Date(value * 1000) : refuse('A number must be seconds since 1970.');
  }
  const day = dateCheck()(value);
  return day instanceof Refusal ? dateTimeCheck()(value) : new Date(`${day}T00:00:00Z`);
};

/** The property is a Date. */
function MomentField(options: FieldOptions): PropertyDecorator {
  const schema = {
    oneOf: [
      { type: 'string', format: 'date-time' },
      { type: 'string', format: 'date' },
      { type: 'integer', minimum: 0, description: 'Seconds since 1970.' },
    ],
  };
  return field(momentCheck, options, schema);
}

@Strict()
export class ReconcileRequest {
  @MomentField({
    required: false,
    description: 'What was made at the gateway at this instant or later; 8 days before `to` unless told.',
    example: '2026-03-01',
  })
  from?: Date;

  @MomentField({
    required: false,
    description: 'And up to this one, at most 400 days later; now unless told, or where it lies ahead.',
    example: '2026-03-09T14:00:00Z',
  })
  to?: Date;

  @BooleanField({ required: false, description: 'Only tell what differs.', example: true })
  dry_run: boolean = false;
}
