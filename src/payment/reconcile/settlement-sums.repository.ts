import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';

/** What a settlement comes to, as we know it three times over. Minor units. */
export interface SettlementSums {
  readonly gatewayId: string;
  /** Kept beside it. */
  readonly amount: number;
  readonly lines: number;
  /** What the ledger says that the bank got. */
  readonly booked: number;
}

const SUMS = `select s.gateway_id as "gatewayId", s.amount,
  (select coalesce(sum(l.amount), 0) from settlement_line l where l.settlement_id = s.id) as lines_sum,
  (select count(*) from settlement_line l where l.settlement_id = s.id) as "lineCount" from settlement s`;

const SETTLED_BETWEEN = statement(
  'settlement-sums.between',
  `${SUMS} where s.settled_at >= $1 and s.settled_at < $2 order by s.id`,
);

const BOOKED = statement(
  'settlement-sums.booked',
  `select coalesce(sum(e.amount), 0) as booked from ledger_transaction t join ledger_entry e on e.transaction_id = t.id
    where t.source = any($1::varchar[]) and e.account = 'bank'`,
);

interface Row {
  readonly gatewayId: string;
  readonly amount: number;
  readonly lines_sum: string;
  readonly lineCount: number;
}

/** Settlements beside what is booked of them. Only reads. */
@Injectable()
export class SettlementSumsRepository {
  constructor(private readonly database: Database) {}

  /** Of what was settled in a time; the end is not in it. */
  async settledBetween(from: Date, to: Date): Promise<SettlementSums[]> {
    const sums: SettlementSums[] = [];
    for (const row of await this.database.rows<Row>(SETTLED_BETWEEN, [from, to])) {
      const { gatewayId, amount, lines_sum: lines, lineCount } = row;
      sums.push({ gatewayId, amount, lines: Number(lines), booked: await this.booked(gatewayId, Number(lineCount)) });
    }
    return sums;
  }

  /** A portion's source tells how many lines were booked before it: all that are possible are looked up by their key. */
  private async booked(gatewayId: string, lineCount: number): Promise<number> {
    const first = `settlement:${gatewayId}`;
    const later = Array.from({ length: Math.max(lineCount - 1, 0) }, (_, before) => `${first}:${before + 1}`);
    const row = await this.database.first<{ booked: string }>(BOOKED, [[first, ...later]]);
    return Number(row?.booked ?? 0);
  }
}
