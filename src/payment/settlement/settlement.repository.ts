import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { Settlement } from './settlement.entity';

const CLAIM = `insert into settlement (gateway_id, amount, currency, utr, settled_at, created_at, updated_at)
  values ($1, 0, $2, $3, $4, $5, $5)`;
const CLAIM_ONCE = statement(
  'settlement.claim',
  `${CLAIM} on conflict (gateway_id) do nothing`,
  `${CLAIM} on duplicate key update gateway_id = gateway_id`,
);

const LOCK = statement(
  'settlement.lock',
  `select id, gateway_id as "gatewayId", amount, currency, utr, settled_at as "settledAt", created_at as "createdAt",
          updated_at as "updatedAt" from settlement where gateway_id = $1 for update`,
);

const GROW = statement(
  'settlement.grow',
  'update settlement set amount = amount + $2, utr = coalesce(utr, $3), updated_at = $4 where id = $1',
);

export type SettlementRow = Settlement;

@Injectable()
export class SettlementRepository {
  constructor(private readonly database: Database) {}

  /** The row of this settlement, made where it is not there, and locked. */
  async claim(
    settlement: Pick<Settlement, 'gatewayId' | 'currency' | 'utr' | 'settledAt'>,
    now: Date,
  ): Promise<SettlementRow> {
    const { gatewayId, currency, utr, settledAt } = settlement;
    await this.database.execute(CLAIM_ONCE, [gatewayId, currency, utr, settledAt, now]);
    const claimed = await this.database.first<SettlementRow>(LOCK, [gatewayId]);
    if (claimed === undefined) throw new Error(`The settlement ${gatewayId} could not be stored`);
    return claimed;
  }

  async grow(id: number, amount: number, utr: string | null, now: Date): Promise<void> {
    await this.database.execute(GROW, [id, amount, utr, now]);
  }
}
