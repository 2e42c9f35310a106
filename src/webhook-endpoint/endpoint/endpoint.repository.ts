import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { offsetOf, type PageRequest } from '../../common/page';
import type { EventType } from '../event/event-type.rules';
import { type DisabledReason, WebhookEndpoint } from './webhook-endpoint.entity';

export interface EndpointRecord {
  readonly id: number;
  readonly accountId: number;
  readonly url: string;
  readonly description: string;
  readonly events: readonly EventType[];
  readonly sealed: string;
  /** Null while it is enabled. */
  readonly disabledReason: DisabledReason | null;
  readonly disabledAt: Date | null;
  readonly failingSince: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

type Row = Omit<EndpointRecord, 'events'> & { readonly events: string };

/** What its owner, or what became of its calls, makes of it. */
export type EndpointChanges = Partial<
  Pick<
    WebhookEndpoint,
    | 'url'
    | 'description'
    | 'events'
    | 'sealed'
    | 'disabledReason'
    | 'disabledAt'
    | 'failingSince'
    | 'failedAt'
    | 'failedDeliveries'
    | 'dueAt'
    | 'updatedAt'
  >
>;

export type NewEndpoint = Pick<WebhookEndpoint, 'accountId' | 'slot' | 'url' | 'description' | 'events' | 'sealed'> &
  Pick<WebhookEndpoint, 'disabledReason' | 'disabledAt'>;

const RECORD = `select id, account_id as "accountId", url, description, events, sealed,
    disabled_reason as "disabledReason", disabled_at as "disabledAt", failing_since as "failingSince",
    created_at as "createdAt", updated_at as "updatedAt" from webhook_endpoint`;
const ONE = statement('webhook-endpoint.one', `${RECORD} where id = $1 and account_id = $2`);
const LOCK = statement('webhook-endpoint.lock', `${RECORD} where id = $1 and account_id = $2 for no key update`);
const PAGE = statement('webhook-endpoint.page', `${RECORD} where account_id = $1 order by id limit $2 offset $3`);
const SLOTS = statement('webhook-endpoint.slots', 'select slot from webhook_endpoint where account_id = $1');
// The account stays until the transaction ends: closing it waits, and finds the endpoint.
const HOLD_OWNER = statement('webhook-endpoint.hold-owner', 'select id from account where id = $1 for key share');
const ENABLED = statement(
  'webhook-endpoint.enabled',
  'select id, events from webhook_endpoint where account_id = $1 and disabled_at is null order by id',
);
const REMOVE = statement('webhook-endpoint.remove', 'delete from webhook_endpoint where id = $1 and account_id = $2');
const REMOVE_ALL = statement('webhook-endpoint.remove-all', 'delete from webhook_endpoint where account_id = $1');

@Injectable()
export class EndpointRepository {
  constructor(private readonly database: Database) {}

  /** Undefined where it is somebody else's. */
  async one(id: number, accountId: number): Promise<EndpointRecord | undefined> {
    return recordOf(await this.database.first<Row>(ONE, [id, accountId]));
  }

  /** Until the transaction ends nobody else changes it. */
  async lock(id: number, accountId: number): Promise<EndpointRecord | undefined> {
    return recordOf(await this.database.first<Row>(LOCK, [id, accountId]));
  }

  /** Oldest first, and how many there are. */
  async page(accountId: number, request: PageRequest): Promise<[EndpointRecord[], number]> {
    const rows = await this.database.rows<Row>(PAGE, [accountId, request.size, offsetOf(request)]);
    const slots = await this.slots(accountId);
    return [rows.map((row) => recordOf(row)), slots.length];
  }

  /** Those that are taken. */
  async slots(accountId: number): Promise<number[]> {
    return (await this.database.rows<{ slot: number }>(SLOTS, [accountId])).map(({ slot }) => slot);
  }

  /** Until the transaction ends. False where the account is gone. */
  async holdOwner(accountId: number): Promise<boolean> {
    return (await this.database.first(HOLD_OWNER, [accountId])) !== undefined;
  }

  /** What of an account's hears of something. */
  async enabledOf(accountId: number): Promise<{ id: number; events: readonly string[] }[]> {
    const rows = await this.database.rows<{ id: number; events: string }>(ENABLED, [accountId]);
    return rows.map(({ id, events }) => ({ id, events: JSON.parse(events) as string[] }));
  }

  /** Hits `uq_webhook_endpoint_slot` where the slot is taken. */
  async add(endpoint: NewEndpoint, now: Date): Promise<number> {
    const { manager } = this.database;
    const times = { leasedUntil: now, createdAt: now, updatedAt: now };
    const entity = manager.create(WebhookEndpoint, { ...endpoint, ...times });
    await manager.insert(WebhookEndpoint, entity);
    // TypeORM writes a bigint that the database counted into the entity as text.
    return Number(entity.id);
  }

  async change(id: number, changes: EndpointChanges): Promise<void> {
    await this.database.manager.update(WebhookEndpoint, { id }, changes);
  }

  /** With all that was sent to it. False where it is somebody else's. */
  async remove(id: number, accountId: number): Promise<boolean> {
    return (await this.database.execute(REMOVE, [id, accountId])).affected > 0;
  }

  async removeAllOf(accountId: number): Promise<void> {
    await this.database.execute(REMOVE_ALL, [accountId]);
  }
}

function recordOf(row: Row): EndpointRecord;
function recordOf(row: Row | undefined): EndpointRecord | undefined;
function recordOf(row: Row | undefined): EndpointRecord | undefined {
  return row && { ...row, events: JSON.parse(row.events) as EventType[] };
}
