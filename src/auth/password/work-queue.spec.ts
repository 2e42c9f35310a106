import { DomainError } from '../../common/domain-error';
import { WorkQueue } from './work-queue';

interface Work {
  readonly done: Promise<number>;
  finish(): void;
  fail(): void;
}

describe('WorkQueue', () => {
  let running: number;
  let started: number[];

  beforeEach(() => {
    running = 0;
    started = [];
  });

  function begin(queue: WorkQueue, id: number): Work {
    let gate: { resolve: (id: number) => void; reject: (error: Error) => void };
    const ended = new Promise<number>((resolve, reject) => (gate = { resolve, reject }));
    const done = queue.run(async () => {
      running += 1;
      started.push(id);
      try {
        return await ended;
      } finally {
        running -= 1;
      }
    });
    done.catch(() => undefined);
    return { done, finish: () => gate.resolve(id), fail: () => gate.reject(new Error('broken')) };
  }

  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it('runs as many at once as it has slots, the others in the order they came', async () => {
    const queue = new WorkQueue(2, 10);
    const works = [1, 2, 3, 4].map((id) => begin(queue, id));
    await settle();
    expect(started).toEqual([1, 2]);
    works[1]!.finish();
    await settle();
    expect(started).toEqual([1, 2, 3]);
    expect(running).toBe(2);
    works.forEach((work) => work.finish());
    expect(await Promise.all(works.map((work) => work.done))).toEqual([1, 2, 3, 4]);
  });

  it('refuses at once what finds no room, and takes work again when there is some', async () => {
    const queue = new WorkQueue(1, 1);
    const [first, second, third] = [1, 2, 3].map((id) => begin(queue, id));
    expect(() => queue.refuseIfFull()).toThrow(DomainError);
    const refusal: unknown = await third!.done.catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({ kind: 'unavailable', details: { retryAfterSeconds: 5 } });
    first!.finish();
    second!.finish();
    await Promise.all([first!.done, second!.done]);
    queue.refuseIfFull();
    const fourth = begin(queue, 4);
    fourth.finish();
    expect(await fourth.done).toBe(4);
  });

  it('frees the slot of a work that failed', async () => {
    const queue = new WorkQueue(1, 5);
    const first = begin(queue, 1);
    const second = begin(queue, 2);
    first.fail();
    await expect(first.done).rejects.toThrow('broken');
    second.finish();
    expect(await second.done).toBe(2);
  });
});
