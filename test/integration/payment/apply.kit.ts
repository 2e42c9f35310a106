import { Database, statement } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import type { Fact } from '../../../src/infra/outbox/fact';
import { OutboxService } from '../../../src/infra/outbox/outbox.service';
import { LedgerService } from '../../../src/payment/ledger/ledger.service';
import type { PaymentRow } from '../../../src/payment/payment/payment.repository';
import { PaymentRepository } from '../../../src/payment/payment/payment.repository';
import type { TestApp } from '../../setup/test-app';

const BALANCES = statement(
  'test.balances',
  `select e.account, e.owner_id as owner, sum(e.amount) as amount
     from ledger_entry e join ledger_transaction t on t.id = e.transaction_id
    where t.source like $1 or t.source like $2 or t.source like $3
    group by e.account, e.owner_id having sum(e.amount) <> 0 order by e.account, e.owner_id`,
);
const SOURCES = statement(
  'test.ledger-sources',
  'select source from ledger_transaction where source like $1 or source like $2 or source like $3 order by id',
);

export interface Told {
  readonly topic: string;
  readonly payload: Fact['payload'];
}

const TOPICS = ['payment-captured', 'payment-failed', 'refund-processed', 'dispute-changed', 'mandate-changed'];

/** Every fact of payment that these apps tell from now on, when it is committed. */
export function listenTo(...apps: TestApp[]): Told[] {
  const told: Told[] = [];
  for (const app of apps) {
    const outbox = app.get(OutboxService);
    const publish = outbox.publish.bind(outbox);
    jest.spyOn(outbox, 'publish').mockImplementation((fact) => {
      const { topic, payload } = fact;
      if (TOPICS.includes(topic)) app.get(UnitOfWork).afterCommit(() => told.push({ topic, payload }));
      return publish(fact);
    });
  }
  return told;
}

/** What was booked for some payments, refunds or disputes, as `account` or `account:owner` to the sum. */
export async function bookedFor(app: TestApp, ...gatewayIds: string[]): Promise<Record<string, number>> {
  const rows = await app
    .get(Database)
    .rows<{ account: string; owner: number; amount: string }>(BALANCES, patterns(gatewayIds));
  return Object.fromEntries(
    rows.map(({ account, owner, amount }) => [owner === 0 ? account : `${account}:${owner}`, Number(amount)]),
  );
}

/** Of up to three ids. */
export async function sourcesOf(app: TestApp, ...gatewayIds: string[]): Promise<string[]> {
  const rows = await app.get(Database).rows<{ source: string }>(SOURCES, patterns(gatewayIds));
  return rows.map(({ source }) => source);
}

export async function paymentOf(app: TestApp, gatewayId: string): Promise<PaymentRow> {
  const payment = await app.get(PaymentRepository).byGatewayId(gatewayId);
  if (payment === undefined) throw new Error(`There is no payment ${gatewayId}`);
  return payment;
}

export async function expectSoundLedger(app: TestApp): Promise<void> {
  expect(await app.get(LedgerService).check()).toEqual({ unbalanced: [], drifted: [] });
}

function patterns([one = '-', two = one, three = two]: readonly string[]): string[] {
  return [one, two, three].map((id) => `%:${id}%`);
}
