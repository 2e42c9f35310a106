import { DeferredInboxRepository } from '../../../src/infra/webhook/deferred-inbox.repository';
import { DeliveryQueueRepository } from '../../../src/infra/webhook/delivery-queue.repository';
import { DeliveryWorker } from '../../../src/infra/webhook/delivery.worker';
import { planOf } from '../../setup/plan-of';
import { describeOnPostgres } from '../../setup/on-postgres';
import type { TestDatabase } from '../../setup/test-database';
import { startInbox } from './webhook.kit';

const SEED = [
  `insert into webhook_delivery (source, event_key, verdict, status, headers, body, body_size, terms, receipts,
     received_at, last_received_at, state, attempts, tries, due_at)
   select 'razorpay', 'evt_' || n, 'accepted', 200, '{}', 'body', 4, 'term', 1, now(), now(),
          case when n % 100 = 0 then 'pending' else 'done' end, 1, 1, case when n % 100 = 0 then now() end
     from generate_series(1, 50000) n`,
  'analyze',
];

describeOnPostgres('in a large inbox', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await startInbox();
    await test.get(DeliveryWorker).beforeApplicationShutdown();
    for (const sql of SEED) await test.dataSource.query(sql);
  });

  it('the worker finds what is due by index', async () => {
    const [now, lease] = ['2100-01-01', '2100-01-02'];
    const plan = await planOf(
      test,
      () => test.get(DeliveryQueueRepository).claim(new Date(now), new Date(lease), 8),
      `"inbox.claim"('${now}', '${lease}', 8)`,
    );
    expect(plan).toContain('ix_webhook_delivery_open');
    expect(plan).toContain('pk_webhook_delivery');
    expect(plan).not.toContain('Seq Scan');
  });

  it('what waits is counted by index', async () => {
    const plan = await planOf(
      test,
      () => test.get(DeferredInboxRepository).countPending(100_000),
      `"inbox.count-pending"(100000)`,
    );
    expect(plan).toContain('ix_webhook_delivery_open');
    expect(plan).not.toContain('Seq Scan');
  });
});
