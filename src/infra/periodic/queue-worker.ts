import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Clock } from '../../common/clock';
import type { WaitingCalls } from './waiting-calls';
import { storable } from '../../common/storable';

const POLL_MS = 1_000;
const HEARTBEAT_MS = 5_000;
const MAX_IN_FLIGHT = 8;
const REST_MS = 100;
const MAX_ERROR_LENGTH = 500;

/** For how long a job is claimed; its worker says again and again that it is alive. */
export const LEASE_MS = 15_000;

/**
 * Works off the rows of a table, on any number of instances: a row is claimed by one, its lease is renewed while it is
 * worked on, and runs out by itself when the process dies. What has begun ends before the application does.
 */
export abstract class QueueWorker<Job extends { readonly id: number }>
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  protected readonly logger = new Logger(this.constructor.name);
  private readonly inFlight = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private claiming: Promise<void> | undefined;
  private wanted = false;
  private running = false;
  private claimedAt = -Infinity;

  /** `waiting`: calls for which it rests, while they are many. */
  constructor(
    protected readonly clock: Clock,
    private readonly waiting?: WaitingCalls,
  ) {}

  /** Takes at most `limit` jobs that are due and in nobody's hands, for `LEASE_MS`. */
  protected abstract claim(limit: number): Promise<readonly Job[]>;
  /** Renews the lease. */
  protected abstract extend(job: Job): Promise<void>;
  /** Does the job, and keeps how it ended. */
  protected abstract work(job: Job): Promise<void>;

  protected get rests(): boolean {
    return this.waiting?.areMany ?? false;
  }

  /** How many at once; while it rests, one is begun now and then. */
  protected get mostInFlight(): number {
    if (!this.rests) return MAX_IN_FLIGHT;
    return performance.now() - this.claimedAt < REST_MS ? 0 : 1;
  }

  /** A job that takes long looks: what it has not done another instance goes on with, when its lease has run out. */
  protected get isStopping(): boolean {
    return !this.running;
  }

  onApplicationBootstrap(): void {
    this.running = true;
    this.timer = setInterval(() => this.wake(), POLL_MS).unref();
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.running = false;
    clearInterval(this.timer);
    await this.claiming;
    await Promise.allSettled(this.inFlight);
  }

  /** Looks for work now; calls that come while it looks make it look once more. */
  wake(): void {
    this.wanted = true;
    if (!this.running || this.claiming !== undefined) return;
    this.claiming = this.claimWhileWanted().finally(() => {
      this.claiming = undefined;
      if (this.wanted && this.room() > 0) this.wake();
    });
  }

  /** So many milliseconds from now. */
  protected in(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() + milliseconds);
  }

  private async claimWhileWanted(): Promise<void> {
    for (let room = this.room(); this.wanted && this.running && room > 0; room = this.room()) {
      this.wanted = false;
      this.claimedAt = performance.now();
      try {
        const jobs = await this.claim(room);
        this.wanted ||= jobs.length === room;
        for (const job of jobs) this.start(job);
      } catch (error) {
        this.logger.error(`the queue can't be read: ${errorText(error)}`);
      }
    }
  }

  private start(job: Job): void {
    const work = this.attend(job).finally(() => {
      this.inFlight.delete(work);
      if (this.wanted) this.wake();
    });
    this.inFlight.add(work);
  }

  private room(): number {
    return this.mostInFlight - this.inFlight.size;
  }

  private async attend(job: Job): Promise<void> {
    const heartbeat = setInterval(() => {
      this.extend(job).catch((error: unknown) => {
        this.logger.warn(`the lease of job ${job.id} was not renewed: ${errorText(error)}`);
      });
    }, HEARTBEAT_MS).unref();
    try {
      await this.work(job);
    } catch (error) {
      this.logger.error(`job ${job.id} ended open: ${errorText(error)}`);
    } finally {
      clearInterval(heartbeat);
    }
  }
}

/** As a queue keeps it. */
export function errorText(error: unknown): string {
  return storable((error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_LENGTH));
}
