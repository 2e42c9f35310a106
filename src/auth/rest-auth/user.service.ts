import { Injectable } from '@nestjs/common';
import { invalid } from '../../common/domain-error';
import { AccountRepository } from '../account/account.repository';
import { faultsOf, usernameFaults } from '../account/account.rules';
import { AccountService } from '../account/account.service';
import { userNotFound } from '../auth.errors';
import type { UserRequest } from './dto/user.request';
import { type UserResponse, userResponse } from './dto/user.response';

const USERNAME_TAKEN = 'A user with that username already exists.';
/** Tiers, supporters and payments hang on it. */
const CREATOR_FOR_GOOD = "A creator's account can't become an ordinary one again.";

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
    const faults = faultsOf({
      username: username === undefined ? [] : usernameFaults(username, before.email),
      is_creator: before.is_creator && changes.is_creator === false ? [CREATOR_FOR_GOOD] : [],
    });
    if (faults) throw invalid(faults);
    const taken = await this.accounts.updateProfile(accountId, {
      username,
      firstName: changes.first_name,
      lastName: changes.last_name,
      bio: changes.bio,
      profilePic: changes.profile_pic,
      timeZone: changes.time_zone,
      isCreator: changes.is_creator,
    });
    if (taken.length > 0) throw invalid({ username: [USERNAME_TAKEN] });
    return this.read(accountId);
  }
}
