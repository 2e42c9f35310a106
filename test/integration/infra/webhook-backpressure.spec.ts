import { Logger } from '@nestjs/common';
import { statement } from '../../../src/infra/database/database';
import { BacklogMeter } from '../../../src/infra/webhook/backlog.meter';
import { DeferredInboxRepository } from '../../../src/infra/webhook/deferred-inbox.repository';
import { DeferredInboxService } from '../../../src/infra/webhook/deferred-inbox.service';
import { DeliveryWorker } from '../../../src/infra/webhook/delivery.worker';
import { InboxLimits } from '../../../src/infra/webhook/inbox-limits';
import { RefusalMeter } from '../../../src/infra/webhook/refusal.meter';
import type { SignedCall } from '../../../src/infra/webhook/signed-call';
import type { TestDatabase } from '../../setup/test-database';
import { startInbox } from './webhook.kit';

const COUNT = statement('test.kept-events', 'select count(*) as count from webhook_delivery');
const CLEAR = statement('test.clear-events', 'delete from webhook_delivery');
const REFUSED = { status: 503, code: 'inbox_full', details: { retryAfterSeconds: 5 } };

let test: TestDatabase;
let inbox: DeferredInboxService;
let numbers = 0;

beforeAll(async () => {
  test = await startInbox();
  inbox = test.get(DeferredInboxService);
  await test.get(DeliveryWorker).beforeApplicationShutdown();
  await test.get(BacklogMeter).beforeApplicationShutdown();
});

beforeEach(() => test.database.execute(CLEAR));

function limited(limits: Partial<InboxLimits>): void {
  Object.assign(test.get(InboxLimits), { inFlight: 200, backlog: 100_000 }, limits);
}

function accept(): Promise<void> {
  numbers += 1;
  return acceptEvent(numbers);
}

function acceptEvent(number: number): Promise<void> {
  const call: SignedCall = {
    source: 'counting',
    headers: {},
    body: Buffer.from('{}'),
    document: undefined,
    eventKey: `event-${number}`,
    secretId: 'secret',
    signedAt: null,
    terms: [],
  };
  return inbox.accept(call);
}

const kept = async (): Promise<number> => (await test.database.first<{ count: number }>(COUNT))?.count ?? 0;

it('refuses what comes while too many are being kept, and keeps all that it did not refuse', async () => {
  limited({ inFlight: 3 });
  const answers = await Promise.allSettled(Array.from({ length: 20 }, accept));
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
  expect(refused).toHaveLength(17);
  for (const reason of refused) expect(reason).toMatchObject(REFUSED);
  expect(await kept()).toBe(3);
  await accept();
  expect(await kept()).toBe(4);
});

it('refuses while too many wait, without asking for every call, until they are fewer', async () => {
  limited({ backlog: 3 });
  const meter = test.get(BacklogMeter);
  const count = jest.spyOn(test.get(DeferredInboxRepository), 'countPending');
  await meter.run();
  for (let times = 0; times < 3; times += 1) await accept();
  await expect(accept()).rejects.toMatchObject(REFUSED);
  expect(count).toHaveBeenCalledTimes(1);
  await meter.run();
  await expect(accept()).rejects.toMatchObject(REFUSED);
  await test.database.execute(CLEAR);
  await expect(accept()).rejects.toMatchObject(REFUSED);
  await meter.run();
  await accept();
  expect(await kept()).toBe(1);
});

it('counts none that an administrator has queued again', async () => {
  limited({ backlog: 1 });
  await test.get(BacklogMeter).run();
  await accept();
  await test.database.execute(statement('test.again', "update webhook_delivery set state = 'again'"));
  await test.get(BacklogMeter).run();
  await accept();
  expect(await kept()).toBe(2);
});

it('tells the log once how many it refused', async () => {
  const meter = test.get(RefusalMeter);
  await meter.run();
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
  limited({ inFlight: 0 });
  await Promise.allSettled(Array.from({ length: 30 }, accept));
  expect(warn).not.toHaveBeenCalled();
  await meter.run();
  await meter.run();
  expect(warn.mock.calls).toEqual([['the inbox was full: 30 calls were asked to come again']]);
  warn.mockRestore();
});

it('looks for work after a new call, and not after a repeat', async () => {
  limited({});
  const wake = jest.spyOn(test.get(DeliveryWorker), 'wake');
  for (let times = 0; times < 3; times += 1) await acceptEvent(-1);
  expect(wake).toHaveBeenCalledTimes(1);
  await acceptEvent(-2);
  expect(wake).toHaveBeenCalledTimes(2);
  wake.mockRestore();
});
