import { AsyncLocalStorage } from 'node:async_hooks';
import type { Type } from '@nestjs/common';
import { Clock } from '../../../src/common/clock';
import { Settings } from '../../../src/infra/config/settings';
import { Database } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import { OutboxService } from '../../../src/infra/outbox/outbox.service';
import { ATTEMPT_MS } from '../../../src/payment/checkout/attempt.rules';
import { PaymentGateway } from '../../../src/payment/gateway/payment-gateway';
import { MemoryGateway } from '../../fakes/memory-gateway';
import { MovableClock } from '../../fakes/movable-clock';
import { startTestApp, type TestApp } from '../../setup/test-app';

type Token = abstract new (...parameters: never[]) => object;

/** What the services stand on; all above it is made anew, so that two of one class are two instances of the house. */
const GROUND: readonly Token[] = [Database, UnitOfWork, OutboxService, Settings, Clock];

export interface Outgoing {
  readonly app: TestApp;
  readonly clock: MovableClock;
  readonly gateway: MemoryGateway;
  readonly unitOfWork: UnitOfWork;
  /** A service with all that it needs, on the gateway in memory. */
  wired<T extends object>(service: Type<T>): T;
  /** Until nobody can be at the gateway any more. */
  wait(): void;
}

export async function startOutgoing(): Promise<Outgoing> {
  const clock = new MovableClock();
  const app = await startTestApp({}, { clock });
  const unitOfWork = app.get(UnitOfWork);
  const gateway = new MemoryGateway(unitOfWork, () => clock.now());
  return {
    app,
    clock,
    gateway,
    unitOfWork,
    wired: (service) => wire(app, service, new Map<unknown, object>([[PaymentGateway, gateway]])),
    wait: () => clock.advance(ATTEMPT_MS + 1),
  };
}

function wire<T extends object>(app: TestApp, service: Type<T>, made: Map<unknown, object>): T {
  const known = made.get(service) ?? (GROUND.includes(service) ? app.get(service) : undefined);
  if (known !== undefined) return known as T;
  const needs = (Reflect.getMetadata('design:paramtypes', service) ?? []) as Type<object>[];
  const instance = new service(...needs.map((need) => wire(app, need, made)));
  made.set(service, instance);
  return instance;
}

/**
 * Ends the process, as it were, at the `step`th step: steps stand before and after each call of the gateway and each unit of
 * work, and nothing is done after the end. Gives whether it came to that.
 */
export async function crashing(outgoing: Outgoing, step: number, work: () => Promise<unknown>): Promise<boolean> {
  const { unitOfWork, gateway } = outgoing;
  const run = unitOfWork.run.bind(unitOfWork);
  // The outbox, which is woken by what is committed, goes on.
  const inside = new AsyncLocalStorage<true>();
  let steps = 0;
  const tick = (): void => {
    if (inside.getStore() && steps++ >= step) throw new Error('Crash');
  };
  gateway.step = tick;
  const spy = jest.spyOn(unitOfWork, 'run').mockImplementation(async (inner) => {
    if (unitOfWork.active) return run(inner);
    tick();
    const result = await inside.exit(() => run(inner));
    tick();
    return result;
  });
  try {
    await inside.run(true, work);
    return false;
  } catch (error) {
    if (error instanceof Error && error.message === 'Crash') return true;
    throw error;
  } finally {
    spy.mockRestore();
    gateway.step = () => undefined;
  }
}
