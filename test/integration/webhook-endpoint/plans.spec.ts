import { TypeOrmModule } from '@nestjs/typeorm';
import { DeliveryLogRepository } from '../../../src/webhook-endpoint/deliver/delivery-log.repository';
import { DeliveryQueueRepository } from '../../../src/webhook-endpoint/deliver/delivery-queue.repository';
import { EndpointAttempt } from '../../../src/webhook-endpoint/deliver/endpoint-attempt.entity';
import { EndpointDelivery } from '../../../src/webhook-endpoint/deliver/endpoint-delivery.entity';
import { EndpointRepository } from '../../../src/webhook-endpoint/endpoint/endpoint.repository';
import { WebhookEndpoint } from '../../../src/webhook-endpoint/endpoint/webhook-endpoint.entity';
import { describeOnPostgres } from '../../setup/on-postgres';
import { planOf } from '../../setup/plan-of';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

const SEED = [
  `insert into account (username, username_key, email, email_key, created_at, updated_at)
   select 'u' || n, 'u' || n, 'u' || n || '@example.com', 'u' || n || '@example.com', now(), now()
     from generate_series(1, 2000) n`,
  `insert into webhook_endpoint
     (account_id, slot, url, description, events, sealed, due_at, leased_until, created_at, updated_at)
   select a.id, n, 'https://example.org/', '', '[]', '', case when a.id % 40 = 0 then now() end, now(), now(), now()
     from account a cross join generate_series(1, 2) n`,
  // The first has as much to show as all others together.
  `insert into endpoint_delivery (endpoint_id, message_id, type, body, status, run_at, created_at)
   select e.id, 'msg_' || n, 'post.published', '{}', case when n = 1 then 'pending' else 'delivered' end,
          now() - n * interval '1 second', now() - n * interval '1 second'
     from webhook_endpoint e cross join lateral generate_series(1, case when e.id = 1 then 20000 else 4 end) n`,
  `insert into endpoint_attempt (delivery_id, status, ms, at)
   select id, 200, 10, now() from endpoint_delivery where status = 'delivered'`,
  'analyze',
];

const now = new Date(Date.now() + 60_000);
const at = `'${now.toISOString()}'`;
const turn = { id: 77, turns: 0, failedDeliveries: 0, accountId: 1, url: '', sealed: '' };

describeOnPostgres('on large tables', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    const entities = TypeOrmModule.forFeature([WebhookEndpoint, EndpointDelivery, EndpointAttempt]);
    const providers = [EndpointRepository, DeliveryQueueRepository, DeliveryLogRepository];
    test = await startTestDatabase({ imports: [entities], providers });
    for (const sql of SEED) await test.dataSource.query(sql);
  });

  it('whose turn it is is found without looking at those with nothing to send', async () => {
    const queue = test.get(DeliveryQueueRepository);
    const plan = await planOf(test, () => queue.claim(now, now, 64), `"endpoint-queue.due"(${at}, 64)`);
    expect(plan).toContain('ix_webhook_endpoint_due');
    expect(plan).toContain('pk_account');
    expect(plan).not.toContain('Seq Scan');
  });

  it('what is to be sent, and when next, is found without looking at what was sent', async () => {
    const queue = test.get(DeliveryQueueRepository);
    const due = await planOf(test, () => queue.deliveries(turn, now, 5), `"endpoint-queue.deliveries"(1, ${at}, 5)`);
    const next = await planOf(test, () => queue.rest(turn, now), '"endpoint-queue.next"(1)');
    for (const plan of [due, next]) {
      expect(plan).toContain('ix_endpoint_delivery_due');
      expect(plan).not.toContain('Seq Scan');
    }
  });

  it('who listens is found by account', async () => {
    const endpoints = test.get(EndpointRepository);
    const plan = await planOf(test, () => endpoints.enabledOf(7), '"webhook-endpoint.enabled"(7)');
    expect(plan).toContain('uq_webhook_endpoint_slot');
    expect(plan).not.toContain('Seq Scan');
  });

  it.each([1, 77])('the log of endpoint %d is read without looking at that of others', async (id) => {
    const log = test.get(DeliveryLogRepository);
    const read = (status?: 'dead') => () => log.page(id, status, { page: 1, size: 20 });
    const plans = [
      await planOf(test, read(), `"endpoint-log.page"(${id}, 20, 0)`),
      await planOf(test, read(), `"endpoint-log.count"(${id}, 10000)`),
      await planOf(test, read('dead'), `"endpoint-log.page-of-status"(${id}, 20, 0, 'dead')`),
      await planOf(test, read(), `"endpoint-log.attempts"('{5,6,7}')`),
    ];
    for (const plan of plans) expect(plan).not.toContain('Seq Scan');
  });

  it('the log is emptied without looking at what stays', async () => {
    const remove = () => test.get(DeliveryLogRepository).removeSome(now, 1);
    expect(await planOf(test, remove, `"endpoint-log.some-old"(${at}, 1000)`)).toContain(
      'ix_endpoint_delivery_created',
    );
    const plan = await planOf(test, remove, `"endpoint-log.remove"('{5,6,7}')`);
    expect(plan).toContain('pk_endpoint_delivery');
    expect(plan).not.toContain('Seq Scan');
  });
});
