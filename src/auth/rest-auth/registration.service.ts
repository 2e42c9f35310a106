import { Injectable } from '@nestjs/common';
import { invalid } from '../../common/domain-error';
import { Settings } from '../../infra/config/settings';
import { AccountRepository, type TakenField } from '../account/account.repository';
import { emailFaults, faultsOf, usernameFaults } from '../account/account.rules';
import { AccountService } from '../account/account.service';
import { passwordFaults } from '../password/password.rules';
import type { Client } from '../session/client';
import { SessionService } from '../session/session.service';
import type { DetailResponse } from '../browser/dto/detail.response';
import { type LoginResponse, loginResponse } from './dto/login.response';
import type { AnyRegistration } from './dto/registration.request';
import { passwordsDiffer, TAKEN, taken } from './rest-auth.errors';

/** memboro's sign-up. The verification mail follows from the fact that the account is registered. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly accounts: AccountService,
    private readonly repository: AccountRepository,
    private readonly sessions: SessionService,
    private readonly settings: Settings,
  ) {}

  async register(request: AnyRegistration, client: Client): Promise<DetailResponse | LoginResponse> {
    const { username, email, first_name: firstName, last_name: lastName } = request;
    const [passwordField, password] = passwordOf(request);
    const others = await this.repository.taken(username, email);
    const faults = faultsOf({
      username: [...usernameFaults(username, email), ...takenFaults(others, 'username')],
      email: [...emailFaults(email), ...takenFaults(others, 'email')],
      [passwordField]: passwordFaults(password, { username, email, firstName, lastName }),
    });
    if (faults) throw invalid(faults);
    if (password !== request.password2) throw passwordsDiffer();
    const made = await this.accounts.register({ username, email, password, firstName, lastName });
    if (made.taken) throw taken(made.taken);
    if (this.settings.emailVerification === 'mandatory') return { detail: 'Verification e-mail sent.' };
    const { key } = await this.sessions.openWithKey(made.account.id, client);
    return loginResponse(made.account, key);
  }
}

function passwordOf(request: AnyRegistration): [field: string, password: string] {
  return 'password1' in request ? ['password1', request.password1] : ['password', request.password];
}

function takenFaults(others: readonly TakenField[], field: TakenField): string[] {
  return others.includes(field) ? [TAKEN[field]] : [];
}
