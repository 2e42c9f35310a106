import type { Clock } from '../../common/clock';

interface Task {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

export interface ClockOptions {
  /** Unix seconds at which the simulated time starts. The real time by default. */
  readonly startAt?: number;
  /** Time stands still between two moves. By default it goes on as the real one does. */
  readonly frozen?: boolean;
}

/** Node's timers can't wait longer. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** The simulated time in unix seconds, and what is to happen at which moment of it. */
export class SimulatedClock {
  private readonly tasks: Task[] = [];
  private readonly frozen: boolean;
  /** The simulated time when frozen, else what it is ahead of the real one. */
  private base: number;
  /** Set while a task runs: it happens at its own moment, however late it is run. */
  private moment: number | undefined;
  private counter = 0;
  private timer: NodeJS.Timeout | undefined;
  private moving: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly real: Clock,
    { startAt, frozen = false }: ClockOptions = {},
  ) {
    this.frozen = frozen;
    const start = startAt ?? this.realSeconds();
    this.base = frozen ? start : start - this.realSeconds();
  }

  now(): number {
    return this.moment ?? (this.frozen ? this.base : this.realSeconds() + this.base);
  }

  /** Runs the task when that moment comes; at the next occasion when it is past. Answers how to call it off. */
  at(due: number, run: () => void): () => void {
    const task: Task = { due, order: (this.counter += 1), run };
    const index = this.tasks.findIndex((other) => other.due > due);
    this.tasks.splice(index === -1 ? this.tasks.length : index, 0, task);
    this.arm();
    return () => {
      const place = this.tasks.indexOf(task);
      if (place !== -1) this.tasks.splice(place, 1);
    };
  }

  /** Runs what is due by now, in the order of its moments. */
  runDue(): void {
    if (this.moment !== undefined) return;
    const now = this.now();
    for (let task = this.tasks[0]; task !== undefined && task.due <= now; task = this.tasks[0]) {
      this.tasks.shift();
      this.moment = task.due;
      try {
        task.run();
      } finally {
        this.moment = undefined;
      }
    }
    this.arm();
  }

  /** Moves forward, from one due moment to the next; `settle` is waited for after each. Two moves run one after the other. */
  moveTo(target: number, settle: () => Promise<void>): Promise<void> {
    const move = this.moving.then(async () => {
      for (let next = this.tasks[0]; next !== undefined && next.due <= target; next = this.tasks[0]) {
        this.set(Math.max(this.now(), next.due));
        this.runDue();
        await settle();
        if (this.stopped) return;
      }
      this.set(Math.max(this.now(), target));
      this.runDue();
    });
    this.moving = move.catch(() => {});
    return move;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.tasks.length = 0;
  }

  private set(now: number): void {
    this.base = this.frozen ? now : now - this.realSeconds();
  }

  /** Wakes up for the next task, without keeping the process alive. */
  private arm(): void {
    clearTimeout(this.timer);
    const next = this.tasks[0];
    if (this.frozen || this.stopped || next === undefined || this.moment !== undefined) return;
    const wait = Math.min(Math.max(next.due - this.now(), 0) * 1000, LONGEST_WAIT_MS);
    this.timer = setTimeout(() => this.runDue(), wait).unref();
  }

  private realSeconds(): number {
    return Math.floor(this.real.now().getTime() / 1000);
  }
}
