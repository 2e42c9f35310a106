import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { addressKey } from '../../infra/rate-limit/address-key';

/** A session that ended because its token was stolen says nothing for its address. */
const ADDRESSES = statement(
  'known-address.of-account',
  `select distinct ip from auth_session
    where account_id = $1 and (end_reason is null or end_reason <> 'refresh-reused')`,
);

/** Where an account signed in from, as its sessions remember it. */
@Injectable()
export class KnownAddressRepository {
  constructor(private readonly database: Database) {}

  async isKnown(accountId: number, address: string): Promise<boolean> {
    const rows = await this.database.rows<{ ip: string }>(ADDRESSES, [accountId]);
    return rows.some(({ ip }) => addressKey(ip) === addressKey(address));
  }
}
