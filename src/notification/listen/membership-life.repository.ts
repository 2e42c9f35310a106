import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { live } from '../../subscription/membership/entitlement.service';

const LIVE = statement(
  'membership-life.live',
  `select 1 as found from membership m where m.id = $1 and ${live('m', '$2')}`,
);

@Injectable()
export class MembershipLifeRepository {
  constructor(private readonly database: Database) {}

  async isLive(membershipId: number, now: Date): Promise<boolean> {
    return (await this.database.first(LIVE, [membershipId, now])) !== undefined;
  }
}
