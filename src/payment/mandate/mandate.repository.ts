import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { Mandate } from './mandate.entity';

const MANDATE = `select id, gateway_id as "gatewayId", plan_id as "planId", plan_key as "planKey",
  plan_name as "planName", purpose, reference, payer_id as "payerId", payee_id as "payeeId", amount, currency, status,
  total_count as "totalCount", paid_count as "paidCount", current_start as "currentStart",
  current_end as "currentEnd", charge_at as "chargeAt", start_at as "startAt", ended_at as "endedAt",
  has_scheduled_changes as "hasScheduledChanges", ends_at_cycle as "endsAtCycle", snapshot_at as "snapshotAt", wanted,
  next_plan_key as "nextPlanKey", next_plan_name as "nextPlanName", next_amount as "nextAmount", short_url as "shortUrl", created_at as "createdAt", updated_at as "updatedAt" from mandate`;

const BY_ID = statement('mandate.by-id', `${MANDATE} where id = $1`);
const BY_GATEWAY_ID = statement('mandate.by-gateway-id', `${MANDATE} where gateway_id = $1`);
const LOCK = statement('mandate.lock', `${MANDATE} where id = $1 for update`);
const LOCK_BY_GATEWAY_ID = statement('mandate.lock-by-gateway-id', `${MANDATE} where gateway_id = $1 for update`);

const WANTED = statement(
  'mandate.wanted',
  `${MANDATE} where wanted is not null and updated_at <= $1 order by updated_at limit $2`,
);

const AWAITED = statement(
  'mandate.awaited',
  `select gateway_id as "gatewayId" from mandate where status in ('created', 'authenticated') and start_at is not null
    and gateway_id is not null order by created_at desc limit $1`,
);

export type MandateRow = Mandate;
export type NewMandateRow = Omit<Mandate, 'id'>;

@Injectable()
export class MandateRepository {
  constructor(private readonly database: Database) {}

  async add(mandate: NewMandateRow): Promise<number> {
    const entity = this.database.manager.create(Mandate, mandate);
    await this.database.manager.insert(Mandate, entity);
    return Number(entity.id);
  }

  async byId(id: number): Promise<MandateRow | undefined> {
    return rowOf(await this.database.first<MandateRow>(BY_ID, [id]));
  }

  async byGatewayId(gatewayId: string): Promise<MandateRow | undefined> {
    return rowOf(await this.database.first<MandateRow>(BY_GATEWAY_ID, [gatewayId]));
  }

  /** Nobody else changes it until the transaction ends. */
  async lock(id: number): Promise<MandateRow | undefined> {
    return rowOf(await this.database.first<MandateRow>(LOCK, [id]));
  }

  async lockByGatewayId(gatewayId: string): Promise<MandateRow | undefined> {
    return rowOf(await this.database.first<MandateRow>(LOCK_BY_GATEWAY_ID, [gatewayId]));
  }

  async change(id: number, changes: Partial<NewMandateRow>): Promise<void> {
    await this.database.manager.update(Mandate, { id }, changes);
  }

  /** What the gateway calls those whose first charge is to come, newest first. */
  async awaited(limit: number): Promise<string[]> {
    return (await this.database.rows<{ gatewayId: string }>(AWAITED, [limit])).map(({ gatewayId }) => gatewayId);
  }

  /** Those of which the gateway has yet to hear something, untouched since `before`; the longest waiting first. */
  async wanted(before: Date, limit: number): Promise<MandateRow[]> {
    return (await this.database.rows<MandateRow>(WANTED, [before, limit])).map((row) => rowOf(row));
  }
}

/** Booleans are 0 or 1 on MySQL. */
function rowOf<T extends MandateRow | undefined>(row: T): T {
  const { hasScheduledChanges, endsAtCycle } = row ?? {};
  return row && { ...row, hasScheduledChanges: Boolean(hasScheduledChanges), endsAtCycle: Boolean(endsAtCycle) };
}
