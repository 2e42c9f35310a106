import { Injectable } from '@nestjs/common';
import { invalid } from '../../common/domain-error';
import { AccountRepository } from '../account/account.repository';
import { faultsOf, usernameFaults } from '../account/account.rules';
import { AccountService } from '../account/account.service';
import { userNotFound } from '../auth.errors';
import type { UserRequest } from './dto/user.request';
import { type UserResponse, userResponse } from './dto/user.response';
import { creatorForGood, taken } from './rest-auth.errors';

/** One's own account on memboro's route. */
@Injectable()
export class UserService {
  constructor(
    private readonly accounts: AccountService,
    private readonly repository: AccountRepository,
  ) {}

  async read(accountId: number): Promise<UserResponse> {
    const row = await this.repository.profile(accountId);
    if (!row) throw userNotFound();
    return userResponse(row);
  }

  async change(accountId: number, changes: Partial<UserRequest>): Promise<UserResponse> {
    const before = await this.read(accountId);
    const { username } = changes;
    const faults = faultsOf({ username: username === undefined ? [] : usernameFaults(username, before.email) });
    if (faults) throw invalid(faults);
    if (before.is_creator && changes.is_creator === false) throw creatorForGood();
    const others = await this.accounts.updateProfile(accountId, {
      username,
      firstName: changes.first_name,
      lastName: changes.last_name,
      bio: changes.bio,
      profilePic: changes.profile_pic,
      timeZone: changes.time_zone,
      isCreator: changes.is_creator,
    });
    if (others.length > 0) throw taken(others);
    return this.read(accountId);
  }
}
