import { Injectable } from '@nestjs/common';
import { Database, statement, type Statement } from '../../infra/database/database';

/** Something that we hold as made at the gateway. */
export interface Belief {
  readonly id: number;
  readonly gatewayId: string;
  /** When, as far as we know. */
  readonly at: Date;
  /** The gateway's id of the payment that it belongs to. */
  readonly paymentGatewayId?: string;
}

// Every status is named, so that the index on status and time is of use.
const between = (table: string, columns: string, statuses: string, time: string): string =>
  `select x.id, x.gateway_id as "gatewayId", x.${time} as at${columns} from ${table}
    where x.status in (${statuses}) and x.${time} >= $1 and x.${time} <= $2 and x.id > $3
      and x.gateway_id is not null order by x.id limit $4`;

const LIVE = `'created', 'authenticated', 'halted', 'pending', 'paused', 'active'`;
const OF_PAYMENT = ', p.gateway_id as "paymentGatewayId"';

const ORDERS = statement(
  'belief.orders',
  between('payment_order x', '', `'created', 'attempted', 'paid'`, 'created_at'),
);
const PAYMENTS = statement(
  'belief.payments',
  between('payment x', '', `'created', 'failed', 'authorized', 'captured', 'refunded'`, 'gateway_created_at'),
);
const MANDATES = statement('belief.mandates', between('mandate x', '', LIVE, 'created_at'));
const REFUNDS = statement(
  'belief.refunds',
  between(
    'refund x join payment p on p.id = x.payment_id',
    OF_PAYMENT,
    `'pending', 'processed', 'failed'`,
    'created_at',
  ),
);
const DISPUTES = statement(
  'belief.disputes',
  between(
    'dispute x join payment p on p.id = x.payment_id',
    OF_PAYMENT,
    `'open', 'under_review', 'won', 'lost', 'closed'`,
    'created_at',
  ),
);

const OLDEST_MANDATE = statement(
  'belief.oldest-mandate',
  `select min(created_at) as at from mandate where status in (${LIVE}) and gateway_id is not null`,
);
const OLDEST_DISPUTE = statement(
  'belief.oldest-dispute',
  `select min(created_at) as at from dispute where status in ('open', 'under_review')`,
);

const WAITING_PAYMENTS = statement(
  'belief.waiting-payments',
  `select id, gateway_id as "gatewayId", gateway_created_at as at from payment
    where status = 'authorized' and gateway_created_at < $1 and id > $2 order by id limit $3`,
);
const WAITING_REFUNDS = statement(
  'belief.waiting-refunds',
  `select x.id, x.gateway_id as "gatewayId", x.created_at as at${OF_PAYMENT} from refund x
    join payment p on p.id = x.payment_id
    where x.status = 'pending' and x.created_at < $1 and x.gateway_id is not null and x.id > $2 order by x.id limit $3`,
);
const UNTOLD_MANDATES = statement(
  'belief.untold-mandates',
  'select id from mandate where wanted is not null and updated_at < $1 and id > $2 order by id limit $3',
);
const UNTOLD_REFUNDS = statement(
  'belief.untold-refunds',
  `select id from refund where status = 'requested' and updated_at < $1 and id > $2 order by id limit $3`,
);

const KNOWN_PAYMENTS = statement(
  'belief.known-payments',
  'select gateway_id as "gatewayId" from payment where gateway_id = any($1::varchar[])',
);
const KNOWN_REFUNDS = statement(
  'belief.known-refunds',
  'select gateway_id as "gatewayId" from refund where gateway_id = any($1::varchar[])',
);

export type Kind = 'order' | 'payment' | 'mandate' | 'refund' | 'dispute';

const BETWEEN: Readonly<Record<Kind, Statement>> = {
  order: ORDERS,
  payment: PAYMENTS,
  mandate: MANDATES,
  refund: REFUNDS,
  dispute: DISPUTES,
};

/** What we take for true, to be held against what the gateway says. Only reads. */
@Injectable()
export class BeliefRepository {
  constructor(private readonly database: Database) {}

  /** What was made in a time, both ends inclusive; of mandates those that are live. By id, behind `after`. */
  between(kind: Kind, from: Date, to: Date, after: number, limit: number): Promise<Belief[]> {
    return this.database.rows<Belief>(BETWEEN[kind], [from, to, after, limit]);
  }

  /** When the oldest live mandate was made. */
  oldestMandate(): Promise<Date | undefined> {
    return this.oldest(OLDEST_MANDATE);
  }

  /** When the oldest open dispute was raised. */
  oldestDispute(): Promise<Date | undefined> {
    return this.oldest(OLDEST_DISPUTE);
  }

  /** Payments from before that are authorised, and neither taken nor given back. */
  waitingPayments(before: Date, after: number, limit: number): Promise<Belief[]> {
    return this.database.rows<Belief>(WAITING_PAYMENTS, [before, after, limit]);
  }

  /** Refunds from before that are under way. */
  waitingRefunds(before: Date, after: number, limit: number): Promise<Belief[]> {
    return this.database.rows<Belief>(WAITING_REFUNDS, [before, after, limit]);
  }

  /** Mandates of which the gateway has yet to hear something, untouched since. */
  untoldMandates(before: Date, after: number, limit: number): Promise<{ id: number }[]> {
    return this.database.rows<{ id: number }>(UNTOLD_MANDATES, [before, after, limit]);
  }

  /** Refunds that are wanted and not made, untouched since. */
  untoldRefunds(before: Date, after: number, limit: number): Promise<{ id: number }[]> {
    return this.database.rows<{ id: number }>(UNTOLD_REFUNDS, [before, after, limit]);
  }

  /** Which of these, by the gateway's ids, we know. */
  async known(kind: 'payment' | 'refund', gatewayIds: readonly string[]): Promise<Set<string>> {
    const known = kind === 'payment' ? KNOWN_PAYMENTS : KNOWN_REFUNDS;
    const rows = await this.database.rows<{ gatewayId: string }>(known, [gatewayIds]);
    return new Set(rows.map(({ gatewayId }) => gatewayId));
  }

  private async oldest(question: Statement): Promise<Date | undefined> {
    return (await this.database.first<{ at: Date | null }>(question))?.at ?? undefined;
  }
}
