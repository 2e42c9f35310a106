import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { SettlementLine } from './settlement-line.entity';
import type { Settlement } from './settlement.entity';

// MySQL: "insert ignore" would leave those who lose with a shared lock, and lead them into a deadlock.
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

const KNOWN_LINES = statement(
  'settlement.known-lines',
  'select entity_id as "entityId" from settlement_line where entity_id = any($1::varchar[])',
);

const COUNT_LINES = statement(
  'settlement.count-lines',
  'select count(*) as count from settlement_line where settlement_id = $1',
);

const GROW = statement(
  'settlement.grow',
  'update settlement set amount = amount + $2, utr = coalesce(utr, $3), updated_at = $4 where id = $1',
);

export type SettlementRow = Settlement;
export type NewLine = Omit<SettlementLine, 'id' | 'settlement'>;

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

  /** Which of these have been settled, in whatever settlement. */
  async settled(entityIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.rows<{ entityId: string }>(KNOWN_LINES, [entityIds]);
    return new Set(rows.map(({ entityId }) => entityId));
  }

  async countLines(settlementId: number): Promise<number> {
    return Number((await this.database.first<{ count: number }>(COUNT_LINES, [settlementId]))?.count ?? 0);
  }

  async addLines(lines: readonly NewLine[]): Promise<void> {
    await this.database.manager.insert(SettlementLine, [...lines]);
  }

  async grow(id: number, amount: number, utr: string | null, now: Date): Promise<void> {
    await this.database.execute(GROW, [id, amount, utr, now]);
  }
}
