import { Injectable } from '@nestjs/common';
import { type LocalDay, startOf } from '../../common/local-day';
import { byDay } from '../../infra/database/by-quarter-hour';
import { Database, statement } from '../../infra/database/database';
import type { PaidRow, ReportRow } from './ledger-report.rules';

/** What a row of `payment` was for. */
const SALE = `case when p.purpose is null then 'other' when p.purpose <> 'tier' then p.purpose
  when p.mandate_id is null then 'one_time' else 'subscription' end`;

/**
 * $1 = whose, $2 = since when, $3 = when the days begin. What was booked of a payment while it was parked counts when it was given to the payee:
 * on the day of that booking, so that what it brought and what of it was settled meet.
 */
const OF_PAYEE = byDay(
  'ledger.report-of-payee',
  '$3',
  (bucketOf) => `
  with own as (
    select t.id, t.kind, t.source, t.payment_id, t.currency, ${bucketOf('t.occurred_at')} as bucket, ${SALE} as sale
      from ledger_transaction t join payment p on p.id = t.payment_id
     where t.payee_id = $1 and t.occurred_at >= $2
  ), booked as (
    select id, kind, source, currency, bucket, sale from own
    union all
    select t.id, t.kind, t.source, t.currency, o.bucket, o.sale from own o
      join ledger_transaction t on t.payment_id = o.payment_id and t.payee_id is null
     where o.kind = 'assign'
  ), moved as (
    select b.bucket, b.currency, b.sale, e.amount,
        case e.account when 'gateway_fee' then 'fees' when 'gateway_tax' then 'taxes' else
          case b.kind when 'refund' then 'refunded' when 'dispute-hold' then 'disputed'
            when 'dispute-release' then 'disputed' else 'captured' end end as what
      from booked b join ledger_entry e on e.transaction_id = b.id
     where e.account in ('gateway_fee', 'gateway_tax') or (e.account = 'creator' and e.owner_id = $1)
    union all
    select b.bucket, b.currency, b.sale, l.amount, 'settled' as what
      from booked b join settlement_line l on l.entity_id = substr(b.source, char_length(b.kind) + 2)
     where b.kind in ('capture', 'refund')
  )
  select bucket, currency, sale, what, sum(amount) as amount from moved group by bucket, currency, sale, what
  union all
  select null::bigint, currency, null::text, 'balance', balance from ledger_balance
   where account = 'creator' and owner_id = $1
  union all
  select null::bigint, t.currency, null::text, 'parked', sum(e.amount)
    from parked_payment k join ledger_transaction t on t.payment_id = k.payment_id
      join ledger_entry e on e.transaction_id = t.id and e.account = 'parked'
   where k.noted_creator_id = $1 and k.assigned_at is null
   group by t.currency`,
);

const OF_PAYER = statement(
  'ledger.report-of-payer',
  `select t.currency, ${SALE} as sale, t.kind, sum(e.amount) as amount
     from payment p join ledger_transaction t on t.payment_id = p.id
       join ledger_entry e on e.transaction_id = t.id
    where p.payer_id = $1 and t.kind in ('capture', 'refund') and e.account in ('creator', 'parked')
    group by t.currency, ${SALE}, t.kind`,
);

/** What the ledger says of people. Amounts are as booked: what is a creator's is below zero. */
@Injectable()
export class LedgerReportRepository {
  constructor(private readonly database: Database) {}

  async ofPayee(payeeId: number, days: readonly LocalDay[]): Promise<ReportRow[]> {
    const begins = days.map(({ firstBucket }) => firstBucket);
    return numbered(await this.database.rows<ReportRow>(OF_PAYEE, [payeeId, startOf(days), begins]));
  }

  async ofPayer(payerId: number): Promise<PaidRow[]> {
    return numbered(await this.database.rows<PaidRow>(OF_PAYER, [payerId]));
  }
}

function numbered<T extends { readonly amount: number }>(rows: readonly T[]): T[] {
  return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
}
