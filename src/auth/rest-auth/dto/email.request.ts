import { EmailField } from '../../../infra/http/fields';
import { MAX_EMAIL } from '../../account/account.rules';

export class EmailRequest {
  @EmailField({ max: MAX_EMAIL, example: 'ravi@example.org' })
  email: string;
}
