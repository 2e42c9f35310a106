import { CharField, EmailField } from '../../../infra/http/fields';
import { MAX_EMAIL } from '../../account/account.rules';

/** The key of the link, or the address and the code beside it in the mail. */
export class VerifyEmailRequest {
  @CharField({ required: false, example: 'Zk3q9mZ2v1y8b5t4r7w6x3u0s9AcJ1Vq0v7o5zQ0o1c' })
  key?: string;

  @EmailField({ max: MAX_EMAIL, required: false, example: 'ravi@example.org' })
  email?: string;

  @CharField({ max: 20, required: false, example: '042137' })
  code?: string;
}
