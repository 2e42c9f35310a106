import type { Clock } from '../../common/clock';
import type { GatewayPage, Listing } from '../gateway/payment-gateway';
import type { Belief } from './belief.repository';
import type { Comparison } from './comparison';
import type { RunBook } from './run-book';

interface Listed {
  readonly id: string;
  readonly createdAt: Date;
}

interface Cursor {
  readonly from: string;
  readonly skip: number;
  /** How far back the pages so far reach. */
  readonly until: string;
}

const PAGE = 100;
const BATCH = 200;

/**
 * Walks through a list of the gateway, newest first, and looks at each page at what we hold of the same time: what was
 * not listed is asked for by itself. Neither list is ever in memory as a whole.
 */
export abstract class ListComparison<T extends Listed> implements Comparison {
  abstract readonly stage: string;
  protected abstract readonly clock: Clock;

  protected abstract list(page: GatewayPage): Promise<Listing<T>>;
  /** `asked`: when the gateway was, before it answered. */
  protected abstract compare(book: RunBook, item: T, asked: Date): Promise<void>;
  /** What we hold as made there, of a time, in the order of its ids. */
  protected abstract ours(from: Date, to: Date, after: number, limit: number): Promise<Belief[]>;
  /** One of ours that was not listed. */
  protected abstract check(book: RunBook, belief: Belief): Promise<void>;

  /** From when on the list is read. */
  protected since({ window }: RunBook): Promise<Date> {
    return Promise.resolve(window.from);
  }

  async step(book: RunBook, cursor: unknown): Promise<Cursor | undefined> {
    const { to } = book.window;
    const at = (cursor as Cursor | undefined) ?? {
      from: (await this.since(book)).toISOString(),
      skip: 0,
      until: to.toISOString(),
    };
    const [from, until] = [new Date(at.from), new Date(at.until)];
    const asked = this.clock.now();
    const { items, odd, size } = await this.list({ from, to, count: PAGE, skip: at.skip });
    for (const [i, { id, fault }] of odd.entries()) {
      book.note('malformed', `${this.stage} ${id ?? at.skip + i}: ${fault}`);
    }
    for (const item of items) await book.attend(item.id, () => this.compare(book, item, asked));
    const isLast = size < PAGE;
    const oldest = isLast ? from : new Date(Math.min(until.getTime(), ...items.map(({ createdAt }) => +createdAt)));
    const listed = new Set<string | null>([...items, ...odd].map(({ id }) => id));
    await this.checkOthers(book, { from: oldest, to: until }, listed);
    return isLast ? undefined : { from: at.from, skip: at.skip + PAGE, until: oldest.toISOString() };
  }

  private async checkOthers(book: RunBook, { from, to }: { from: Date; to: Date }, listed: ReadonlySet<string | null>) {
    for (let after = 0; ;) {
      const beliefs = await this.ours(from, to, after, BATCH);
      for (const belief of beliefs) {
        if (!listed.has(belief.gatewayId)) await book.attend(belief.gatewayId, () => this.check(book, belief));
      }
      if (beliefs.length < BATCH) return;
      after = beliefs.at(-1)?.id ?? after;
    }
  }
}
