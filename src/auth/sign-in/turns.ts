import { WorkQueue } from '../password/work-queue';

const MOST_WAITING = 256;

/** One work at a time under each key, in the order they came; under different keys they don't wait for each other. */
export class Turns {
  private readonly queues = new Map<string, WorkQueue>();

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const queue = this.queues.get(key) ?? new WorkQueue(1, MOST_WAITING);
    this.queues.set(key, queue);
    try {
      return await queue.run(work);
    } finally {
      if (queue.isIdle) this.queues.delete(key);
    }
  }
}
