import { Clock } from '../../common/clock';
import { SimulatedClock } from './simulated-clock';

class RealTime extends Clock {
  milliseconds = 1_000_000;

  now(): Date {
    return new Date(this.milliseconds);
  }
}

const settled = (): Promise<void> => Promise.resolve();

it('runs what is due in the order of its moments, each at its own', async () => {
  const clock = new SimulatedClock(new RealTime(), { frozen: true, startAt: 100 });
  const log: [string, number][] = [];
  const note = (name: string) => (): void => void log.push([name, clock.now()]);
  clock.at(300, note('late'));
  clock.at(200, () => {
    note('first')();
    clock.at(250, note('made by the first'));
    clock.at(200, note('at once'));
  });
  clock.at(200, note('second'));
  clock.at(220, note('called off'))();
  await clock.moveTo(1000, settled);
  expect(log).toEqual([
    ['first', 200],
    ['second', 200],
    ['at once', 200],
    ['made by the first', 250],
    ['late', 300],
  ]);
  expect(clock.now()).toBe(1000);
});

it('waits after each moment, and two moves don’t mix', async () => {
  const clock = new SimulatedClock(new RealTime(), { frozen: true, startAt: 0 });
  const moments: number[] = [];
  clock.at(10, () => {});
  clock.at(20, () => {});
  const settle = async (): Promise<void> => {
    await settled();
    moments.push(clock.now());
  };
  await Promise.all([clock.moveTo(15, settle), clock.moveTo(30, settle)]);
  expect(moments).toEqual([10, 20]);
  expect(clock.now()).toBe(30);
});

it('goes on with the real time unless frozen, from where it was moved to', async () => {
  const real = new RealTime();
  const clock = new SimulatedClock(real);
  expect(clock.now()).toBe(1000);
  await clock.moveTo(5000, settled);
  real.milliseconds += 7_000;
  expect(clock.now()).toBe(5007);
  let ran = 0;
  clock.at(5010, () => (ran = clock.now()));
  real.milliseconds += 60_000;
  clock.runDue();
  expect([ran, clock.now()]).toEqual([5010, 5067]);
  clock.stop();
});
