import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { MediaUseService } from '../../content/media/media-use.service';
import { type Actor, canStep, stepped, type Step } from './commission-order.state';
import { OrderRepository, STEP_HOLDER } from './order.repository';
import { OrderTransitions } from './order.transitions';
import { OrderWriter } from './order.writer';

const BATCH = 100;

/**
 * What becomes of orders when one of the two has closed the account. A buyer's are cancelled, or paid back while nothing
 * was handed in; work that was handed in is paid. A creator's are declined, or paid back unless its last word was the work.
 */
const ENDINGS: Readonly<Record<Exclude<Actor, 'house'>, readonly [step: Step, unless: readonly string[]][]>> = {
  buyer: [
    ['cancel', []],
    ['abandon', []],
    ['refund', []],
  ],
  creator: [
    ['decline', []],
    ['abandon', ['in_revision']],
    ['refund', []],
  ],
};

/** Ends what is open of an account that is gone. Repeatable. */
@Injectable()
export class OrderClosingService {
  constructor(
    private readonly orders: OrderRepository,
    private readonly transitions: OrderTransitions,
    private readonly writer: OrderWriter,
    private readonly media: MediaUseService,
    private readonly clock: Clock,
  ) {}

  /** Throws where one can't be ended: the others are, and it is tried again. */
  async endAllOf(accountId: number): Promise<void> {
    const faults = [
      ...(await this.endAll('buyer', (last) => this.orders.liveOfBuyer(accountId, last, BATCH))),
      ...(await this.endAll('creator', (last) => this.orders.liveOfCreator(accountId, last, BATCH))),
    ];
    if (faults.length > 0)
      throw new AggregateError(faults, `Commissions of a closed account are not ended: ${faults.length}`);
    await this.letFilesGo(accountId);
    await this.orders.forget(accountId, this.clock.now());
  }

  /** Gives what went wrong with some. */
  private async endAll(
    who: Exclude<Actor, 'house'>,
    live: (last: number) => Promise<number[]>,
  ): Promise<readonly unknown[]> {
    const faults: unknown[] = [];
    for (let last = 0; ;) {
      const ids = await live(last);
      for (const id of ids) await this.end(id, who).catch((fault: unknown) => faults.push(fault));
      if (ids.length < BATCH) return faults;
      last = ids.at(-1) ?? last;
    }
  }

  private async end(id: number, who: Exclude<Actor, 'house'>): Promise<void> {
    await this.transitions.change(id, async (order) => {
      const found = ENDINGS[who].find(
        ([step, unless]) => canStep(order.status, step) && !unless.includes(order.status),
      );
      // Over already: it followed its money, or the time.
      if (found === undefined) return order;
      const status = stepped(order.status, found[0], 'house');
      const note = { actor: 'house', message: 'An account was closed.' } as const;
      return this.writer.write(order, { ...order, status, acceptingAt: null }, note);
    });
  }

  private async letFilesGo(creatorId: number): Promise<void> {
    for (;;) {
      const steps = await this.orders.stepsShowing(creatorId, BATCH);
      for (const id of steps) await this.media.release({ kind: STEP_HOLDER, id });
      if (steps.length < BATCH) return;
    }
  }
}
