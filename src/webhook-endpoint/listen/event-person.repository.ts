import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { Person } from '../event/event-person.rules';

// The account stays until the transaction ends: closing it waits, and finds what names it.
const HOLD = statement('event-person.hold', 'select id, username from account where id = $1 for key share');
const NAMING = statement(
  'event-person.naming',
  'select id, body from endpoint_delivery where person_id = $1 order by id limit $2',
);
const FORGET = statement(
  'event-person.forget',
  'update endpoint_delivery set body = $2, person_id = null where id = $1',
);

/** People whom events name. */
@Injectable()
export class EventPersonRepository {
  constructor(private readonly database: Database) {}

  /** Until the transaction ends. Undefined where there is no such account. */
  hold(accountId: number): Promise<Person | undefined> {
    return this.database.first<Person>(HOLD, [accountId]);
  }

  /** Deliveries that name somebody, at most `limit`. */
  naming(accountId: number, limit: number): Promise<{ id: number; body: string }[]> {
    return this.database.rows<{ id: number; body: string }>(NAMING, [accountId, limit]);
  }

  /** The delivery is sent, and shown, with this body from now on, which names nobody. */
  async forget(deliveryId: number, body: string): Promise<void> {
    await this.database.execute(FORGET, [deliveryId, body]);
  }
}
