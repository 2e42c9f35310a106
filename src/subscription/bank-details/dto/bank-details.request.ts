import { CharField, field } from '../../../infra/http/fields';
import { charCheck } from '../../../infra/http/fields/char.field';
import { type Check, Refusal, refuse } from '../../../infra/http/fields/refusal';
import { accountNumberOf, ifscCodeOf, isMasked } from '../bank-details.rules';

/** Of what people write, blanks and hyphens among it. */
const MAX_LENGTH = 50;
const MAX_BANK = 100;
const MAX_HOLDER = 150;

const NUMBER = 'Enter a valid account number: 9 to 18 digits.';
const IFSC_EXAMPLE = 'HDFC0001234';
const NUMBER_EXAMPLE = '50100012345678';

/** A text of which `read` makes a value, or `message`. */
function readCheck(read: (text: string) => string | undefined, message: string): Check<string> {
  const check = charCheck({ max: MAX_LENGTH });
  return (value) => {
    // A number that JavaScript rounded would be somebody else's account.
    if (typeof value === 'number' && !Number.isSafeInteger(value)) return refuse('Not a valid string.');
    const text = check(value);
    return text instanceof Refusal ? text : (read(text) ?? refuse(message));
  };
}

const ifscCheck = readCheck(ifscCodeOf, 'Enter a valid IFSC code.');
const numberCheck = readCheck(accountNumberOf, NUMBER);
const numberOrMaskCheck = readCheck((text) => (isMasked(text) ? text : accountNumberOf(text)), NUMBER);

const IFSC_SCHEMA = { type: String, pattern: '^[A-Za-z]{4}0[A-Za-z0-9]{6}$' } as const;
const NUMBER_SCHEMA = { type: String, maxLength: MAX_LENGTH } as const;
const NUMBER_DESCRIPTION = '9 to 18 digits; blanks and hyphens between them count for nothing.';

export class BankDetailsRequest {
  @field(ifscCheck, { example: IFSC_EXAMPLE, description: 'In any case.' }, IFSC_SCHEMA)
  ifscCode: string;

  @field(numberCheck, { example: NUMBER_EXAMPLE, description: NUMBER_DESCRIPTION }, NUMBER_SCHEMA)
  accountNumber: string;

  @CharField({ max: MAX_BANK, example: 'HDFC Bank' })
  BankName: string;

  @CharField({ max: MAX_HOLDER, example: 'Asha Rao' })
  accountHolderName: string;
}

export class BankDetailsChangeRequest {
  @field(ifscCheck, { required: false, example: IFSC_EXAMPLE, description: 'In any case.' }, IFSC_SCHEMA)
  ifscCode?: string;

  @field(
    numberOrMaskCheck,
    { required: false, example: NUMBER_EXAMPLE, description: `${NUMBER_DESCRIPTION} As it is shown, it stays.` },
    NUMBER_SCHEMA,
  )
  accountNumber?: string;

  @CharField({ required: false, max: MAX_BANK, example: 'HDFC Bank' })
  BankName?: string;

  @CharField({ required: false, max: MAX_HOLDER, example: 'Asha Rao' })
  accountHolderName?: string;
}
