import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';

const REMOVE_SOME = statement(
  'notification-account.remove-some',
  `delete from notification where id in (select id from notification where account_id = $1 order by id limit $2)`,
  'delete from notification where account_id = $1 order by id limit $2',
);

const FORGET_SOME = statement(
  'notification-account.forget-some',
  `update notification set actor_id = null, target_id = case target_type when 'account' then null else target_id end
    where id in (select id from notification where actor_id = $1 order by id limit $2)`,
  `update notification set actor_id = null, target_id = case target_type when 'account' then null else target_id end
    where actor_id = $1 order by id limit $2`,
);

const REMOVE_BOX = statement('notification-account.remove-box', 'delete from notification_box where account_id = $1');

const REMOVE_PREFERENCES = statement(
  'notification-account.remove-preferences',
  'delete from notification_preference where account_id = $1',
);

/** What is kept of a person. */
@Injectable()
export class NotificationAccountRepository {
  constructor(private readonly database: Database) {}

  /** What was told to the account: how many, at most `limit`. */
  async removeSome(accountId: number, limit: number): Promise<number> {
    return (await this.database.execute(REMOVE_SOME, [accountId, limit])).affected;
  }

  /** What was told of the account to others, who keep it without the name. */
  async forgetSome(accountId: number, limit: number): Promise<number> {
    return (await this.database.execute(FORGET_SOME, [accountId, limit])).affected;
  }

  async removeBox(accountId: number): Promise<void> {
    await this.database.execute(REMOVE_BOX, [accountId]);
    await this.database.execute(REMOVE_PREFERENCES, [accountId]);
  }
}
