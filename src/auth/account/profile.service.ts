import { Injectable } from '@nestjs/common';
import { userNotFound } from '../auth.errors';
import { AccountRepository } from './account.repository';
import { type ProfileResponse, profileResponse } from './dto/profile.response';

@Injectable()
export class ProfileService {
  constructor(private readonly accounts: AccountRepository) {}

  async read(accountId: number): Promise<ProfileResponse> {
    const row = await this.accounts.profile(accountId);
    if (!row) throw userNotFound();
    return profileResponse(row);
  }
}
