import { Clock } from '../../../src/common/clock';
import { DomainError } from '../../../src/common/domain-error';
import { statement } from '../../../src/infra/database/database';
import type { DeliveryProcessor, RefusedCall, SignatureVerifier } from '../../../src/infra/webhook/inbound-call';
import { InboxRepository } from '../../../src/infra/webhook/inbox.repository';
import { RejectionLog } from '../../../src/infra/webhook/rejection.log';
import { RetentionJob } from '../../../src/infra/webhook/retention.job';
import { WebhookSources } from '../../../src/infra/webhook/webhook-sources';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

class HeldClock extends Clock {
  time = new Date('2026-03-01T12:00:00Z').getTime();

  now(): Date {
    return new Date(this.time);
  }
}

const KEPT = statement(
  'test.kept',
  'select count(*) as count, min(body_size) as oldest, max(body_size) as newest from webhook_delivery where source = $1',
);

const clock = new HeldClock();
let test: TestDatabase;
let log: RejectionLog;

beforeAll(async () => {
  test = await startTestDatabase(
    { providers: [InboxRepository, RejectionLog, RetentionJob, WebhookSources] },
    {},
    clock,
  );
  log = test.get(RejectionLog);
  test
    .get(WebhookSources)
    .register({ name: 'capped', verifier: {} as SignatureVerifier, processor: {} as DeliveryProcessor });
});

const refused: RefusedCall = {
  genuine: false,
  fault: 'signature',
  error: new DomainError('unauthenticated', 'invalid_signature', 'Invalid signature'),
  counts: true,
  terms: ['learner@example.com\0\ud800'],
};

function keep(source: string, size = 1): Promise<void> {
  return log.keep(source, { headers: { host: 'x' }, body: Buffer.alloc(size, 0xff) }, refused);
}

async function kept(source: string): Promise<{ count: number; oldest: number; newest: number }> {
  const row = await test.database.first<{ count: number; oldest: number; newest: number }>(KEPT, [source]);
  if (row === undefined) throw new Error('no answer');
  return row;
}

it('a flood writes a burst and then a trickle, whatever its size', async () => {
  for (let i = 0; i < 500; i++) await keep('flooded');
  expect((await kept('flooded')).count).toBe(50);
  clock.time += 2_000;
  for (let i = 0; i < 500; i++) await keep('flooded');
  expect((await kept('flooded')).count).toBe(60);
});

it('of each source the newest thousand stay', async () => {
  clock.time += 60_000;
  await keep('other');
  for (let size = 1; size <= 1250; size++) {
    clock.time += 1_000;
    await keep('capped', size);
  }
  const { count, oldest, newest } = await kept('capped');
  expect(newest).toBe(1250);
  expect(count).toBeGreaterThanOrEqual(1000);
  expect(count).toBeLessThan(1100);
  expect(oldest).toBe(1250 - count + 1);
  await test.get(RetentionJob).run();
  expect(await kept('capped')).toEqual({ count: 1000, oldest: 251, newest: 1250 });
  expect((await kept('other')).count).toBe(1);
});

it('what a database can’t hold is kept as far as it can', async () => {
  clock.time += 60_000;
  await keep('odd', 10_000);
  const [row] = await test.database.rows<{ terms: string; size: number }>(
    statement('test.odd', "select terms, length(body) as size from webhook_delivery where source = 'odd'"),
  );
  expect(row).toEqual({ terms: 'learner@example.com\ufffd', size: 4096 });
});
