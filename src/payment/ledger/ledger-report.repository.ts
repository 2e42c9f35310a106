import { Injectable } from '@nestjs/common';
import { byQuarterHour } from '../../infra/database/by-quarter-hour';
import { Database, statement } from '../../infra/database/database';
import type { PaidRow, ReportRow } from './ledger-report.rules';

/** What a row of `payment` was for. */
const SALE = `case when p.purpose is null then 'other' when p.purpose <> 'tier' then p.purpose
  when p.mandate_id is null then 'one_time' else 'subscription' end`;

/**
 * $1 = whose, $2 = since when. What was booked of a payment while it was parked counts when it was given to the payee:
 * on the day of that booking, so that what it brought and what of it was settled meet.
 */
const OF_PAYEE = byQuarterHour(
  'ledger.report-of-payee',
  (bucketOf) => `
  with own as (
    select t.id, t.kind, t.source, t.payment_id, t.currency, ${bucketOf('t.occurred_at')} as bucket
      from ledger_transaction t where t.payee_id = $1 and t.occurred_at >= $2
  ), booked as (
    select id, kind, source, payment_id, currency, bucket from own
    union all
    select t.id, t.kind, t.source, t.payment_id, t.currency, o.bucket from own o
      join ledger_transaction t on t.payment_id = o.payment_id and t.payee_id is null
     where o.kind = 'assign'
  ), moved as (
    select b.bucket, b.payment_id, b.currency, e.amount,
        case e.account when 'gateway_fee' then 'fees' when 'gateway_tax' then 'taxes' else
          case b.kind when 'refund' then 'refunded' when 'dispute-hold' then 'disputed'
            when 'dispute-release' then 'disputed' else 'captured' end end as what
      from booked b join ledger_entry e on e.transaction_id = b.id
     where e.account in ('gateway_fee', 'gateway_tax') or (e.account = 'creator' and e.owner_id = $1)
    union all
    select b.bucket, b.payment_id, b.currency, l.amount, 'settled' as what
      from booked b join settlement_line l on l.entity_id = substr(b.source, char_length(b.kind) + 2)
     where b.kind in ('capture', 'refund')
  )
  select m.bucket, m.currency, ${SALE} as sale, m.what, sum(m.amount) as amount
    from moved m join payment p on p.id = m.payment_id
   group by m.bucket, m.currency, ${SALE}, m.what
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

  async ofPayee(payeeId: number, since: Date): Promise<ReportRow[]> {
    return numbered(await this.database.rows<ReportRow>(OF_PAYEE, [payeeId, since]));
  }

  async ofPayer(payerId: number): Promise<PaidRow[]> {
    return numbered(await this.database.rows<PaidRow>(OF_PAYER, [payerId]));
  }
}

function numbered<T extends { readonly amount: number }>(rows: readonly T[]): T[] {
  return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
}
