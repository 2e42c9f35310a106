import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { invalid } from '../../common/domain-error';
import { passwordFaults } from '../password/password.rules';
import type { Client } from '../session/client';
import { SessionService, type TokenPair } from '../session/session.service';
import type { Account } from './account.entity';
import { birthDateFaults, emailFaults, faultsOf, usernameFaults } from './account.rules';
import { AccountService } from './account.service';
import type { SignUpRequest } from './dto/sign-up.request';

const TAKEN = ['This field must be unique.'];

/** MovieConnect's sign-up (R27): the account is signed in at once, proven mailbox or not. */
@Injectable()
export class SignUpService {
  constructor(
    private readonly accounts: AccountService,
    private readonly sessions: SessionService,
    private readonly clock: Clock,
  ) {}

  async signUp(request: SignUpRequest, client: Client): Promise<{ account: Account; tokens: TokenPair }> {
    const { username, email, password } = request;
    const born = request.birth_date !== undefined ? 'birth_date' : 'age';
    const birthDate = request[born] ?? null;
    const faults = faultsOf({
      username: usernameFaults(username, email),
      email: emailFaults(email),
      password: passwordFaults(password, { username, email }),
      [born]: birthDate === null ? [] : birthDateFaults(birthDate, this.clock.now()),
    });
    if (faults) throw invalid(faults);
    const { account, taken } = await this.accounts.register({ username, email, password, birthDate });
    if (taken) throw invalid(Object.fromEntries(taken.map((field) => [field, TAKEN])));
    return { account, tokens: await this.sessions.open(account.id, client) };
  }
}
