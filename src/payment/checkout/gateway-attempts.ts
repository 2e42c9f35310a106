import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { gatewayUnavailable, NOT_CHARGED, toldOf, wasNotDone } from '../gateway-faults';
import { type Attempted, attemptAt, markAt } from './attempt.rules';

interface Row extends Attempted {
  readonly id: number;
  readonly gatewayId: string | null;
}

/** Where the rows are. */
export interface Rows<R extends Row> {
  byId(id: number): Promise<R | undefined>;
  lock(id: number): Promise<R | undefined>;
  change(id: number, changes: { gatewayId?: string; updatedAt?: Date }): Promise<void>;
}

/** How one kind of thing is made at the gateway. */
export interface Making<R extends Row, M> {
  readonly rows: Rows<R>;
  /** Throws where it must not be made any more; asked while the row is locked. */
  readonly check?: (row: R) => void;
  /** What a former try, whose answer is lost, has made at the gateway. */
  readonly find: (row: R) => Promise<M | undefined>;
  readonly make: (row: R) => Promise<M>;
  /** Keeps what was made. In a unit of work, with the row locked and still without the gateway's id. */
  readonly keep: (row: R, made: M) => Promise<void>;
}

interface Taken<R> {
  /** With the mark of this try. */
  readonly row: R;
  readonly isFirst: boolean;
  /** What `updatedAt` was before it. */
  readonly before: Date;
}

const PATIENCE_MS = 15_000;
const PAUSE_MS = 150;

/**
 * Makes things at a gateway that would make them twice: one try at a time, each announced in our row before, so that
 * whoever comes after a crash looks for what was made. Nothing here waits in a transaction.
 */
@Injectable()
export class GatewayAttempts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The row with its gateway's id. 404 where there is no such row, DomainError `unavailable` while it can't be made. */
  async once<R extends Row, M>(making: Making<R, M>, id: number): Promise<R> {
    const taken = await this.turn(making, id);
    if (taken.row.gatewayId !== null) return taken.row;
    const made = await this.made(making, taken);
    await this.unitOfWork.run(async () => {
      const held = await making.rows.lock(id);
      if (held?.gatewayId === null) await making.keep(held, made);
    });
    const row = await making.rows.byId(id);
    if (row === undefined) throw notFound();
    return row;
  }

  /** Waits while somebody else is at it. */
  private async turn<R extends Row, M>(making: Making<R, M>, id: number): Promise<Taken<R>> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const taken = await this.take(making, id);
      if (taken !== undefined) return taken;
      if (performance.now() > deadline) throw gatewayUnavailable(NOT_CHARGED);
      await sleep(PAUSE_MS);
    }
  }

  private take<R extends Row, M>({ rows, check }: Making<R, M>, id: number): Promise<Taken<R> | undefined> {
    return this.unitOfWork.run(async () => {
      const row = await rows.lock(id);
      if (row === undefined) throw notFound();
      check?.(row);
      const { updatedAt: before } = row;
      if (row.gatewayId !== null) return { row, isFirst: false, before };
      const attempt = attemptAt(row, this.clock.now());
      if (attempt === 'underway') return undefined;
      const updatedAt = markAt(row, this.clock.now());
      await rows.change(id, { updatedAt });
      return { row: { ...row, updatedAt }, isFirst: attempt === 'first', before };
    });
  }

  private async made<R extends Row, M>(making: Making<R, M>, taken: Taken<R>): Promise<M> {
    const { row, isFirst } = taken;
    try {
      return (isFirst ? undefined : await making.find(row)) ?? (await making.make(row));
    } catch (error) {
      if (wasNotDone(error)) await this.release(making, taken);
      else {
        const found = await making.find(row).catch(() => undefined);
        if (found !== undefined) return found;
      }
      throw toldOf(error, NOT_CHARGED);
    }
  }

  /** The next one need not wait, and has as much to look for as this one had. */
  private async release<R extends Row, M>({ rows }: Making<R, M>, { row, before }: Taken<R>): Promise<void> {
    await this.unitOfWork.run(async () => {
      const held = await rows.lock(row.id);
      if (held?.updatedAt.getTime() === row.updatedAt.getTime()) await rows.change(row.id, { updatedAt: before });
    });
  }
}
