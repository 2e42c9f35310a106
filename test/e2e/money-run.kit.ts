import { Clock } from '../../src/common/clock';
import { Database, statement } from '../../src/infra/database/database';
import { live } from '../../src/subscription/membership/entitlement.service';
import { pick, type Random, seededRandom } from '../../src/payment/simulator/random';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { aCreator, aTier } from '../factories/tier';
import type { TestApp } from '../setup/test-app';
import { bookedByPayment, type Books } from './money-books.kit';
import { type Life, MOMENTS, needsNews, TELLINGS } from './money-life.kit';
import { type Stage, TIER_PRICE, Twin } from './money-twin.kit';
import type { News, World } from './money-world.kit';

/** What came of a life: to be equal however it was told. */
export interface Outcome {
  readonly answers: readonly string[];
  readonly purchases: readonly object[];
  /** Whether the tier is. */
  readonly isOpen: boolean;
  /** What is booked, payment by payment. */
  readonly books: readonly Books[];
}

export interface Told {
  /** Of everything in order, once. */
  readonly calm: Outcome | undefined;
  /** As the life's tellings say. */
  readonly wild: readonly (Outcome | undefined)[];
}

interface Cast {
  readonly members: readonly LoggedIn[];
  readonly creators: readonly LoggedIn[];
}

const MEMBERS = 17;
const CREATORS = 8;
const AT_ONCE = 8;
/** How often a settlement is told, and how late. */
const SETTLEMENTS: readonly [readonly number[], ...(readonly number[])[]] = [[0], [0, 0], [3], [], [1, 6]];

const OPEN = statement(
  'test.open-tiers',
  `select m.account_id as account, m.tier_id as tier from membership m where ${live('m', '$1')}`,
);

/** Lives people through their lives, all at the same time, each of them several times over. */
export class Lives {
  private readonly owners = new Map<string, Twin>();
  private count = 0;

  constructor(
    private readonly world: World,
    private readonly cast: Cast,
  ) {}

  static async in(world: World): Promise<Lives> {
    const members = await Promise.all(Array.from({ length: MEMBERS }, () => loggedIn(world.app)));
    const creators = await Promise.all(Array.from({ length: CREATORS }, () => aCreator(world.app)));
    return new Lives(world, { members, creators });
  }

  /** `seed`: of how settlements are told, and when the books are compared with the gateway before the end. */
  async live(lives: readonly Life[], seed: number): Promise<Told[]> {
    const told = new Map<Life, readonly Twin[]>();
    await each(lives, async (life) => void told.set(life, await this.twins(life)));
    const twins = [...told.values()].flat();
    const random = seededRandom(seed);
    const news = new Mail(this.world, this.owners, random);
    const between = Math.floor(random() * MOMENTS.length);
    const start = this.world.now();
    for (const [moment, seconds] of MOMENTS.entries()) {
      await this.world.moveTo(start + seconds);
      await news.gather(moment);
      await news.deliver(twins, moment, (twin) => deedsOf(twin, moment).some(needsNews));
      await this.act(twins, moment);
      await news.gather(moment);
      await news.deliver(twins, moment);
      if (moment === between) await this.world.reconcile();
    }
    await this.end(twins, news);
    const outcomes = await this.outcomes(twins);
    return lives.map((life) => {
      const [calm, ...wild] = (told.get(life) ?? []).map((twin) => outcomes.get(twin));
      return { calm, wild };
    });
  }

  /** One who is told of everything in order, once, and those who are told otherwise. */
  private async twins(life: Life): Promise<readonly Twin[]> {
    this.count += 1;
    const number = this.count * (TELLINGS + 1);
    const stage = await this.stage(life, this.count);
    return [undefined, ...life.tellings].map(
      (fates, i) => new Twin(this.world, `life ${number + i}`, this.member(number + i), stage, life, fates),
    );
  }

  private async act(twins: readonly Twin[], moment: number): Promise<void> {
    await each(twins, async (twin) => {
      for (const deed of deedsOf(twin, moment)) {
        for (const id of await twin.act(deed, moment)) this.owners.set(id, twin);
      }
    });
    await this.world.settled();
  }

  /** What came late comes, what was lost is found, and what follows from that happens. */
  private async end(twins: readonly Twin[], news: Mail): Promise<void> {
    const last = Infinity;
    await news.deliver(twins, last);
    await this.world.tidied();
    await this.world.reconcile();
    for (let round = 0; round < 5; round += 1) {
      await this.world.tidied();
      if ((await news.gather(last)) === 0) return;
      await news.deliver(twins, last);
    }
    throw new Error('It does not come to an end');
  }

  private async outcomes(twins: readonly Twin[]): Promise<Map<Twin, Outcome>> {
    const booked = await bookedByPayment(this.world.app, this.world.simulator.control.truth());
    const open = await openTo(this.world.app);
    const outcomes = new Map<Twin, Outcome>();
    for (const member of new Set(twins.map((twin) => twin.member))) {
      const purchases = await bought(member);
      for (const twin of twins.filter((one) => one.member === member)) {
        outcomes.set(twin, {
          answers: twin.answers,
          purchases: purchases.filter((purchase) => isOf(twin, purchase)).map(comparable),
          isOpen: open.has(`${member.id} ${twin.stage.tierId}`),
          books: twin.captured.map((id) => booked.get(id) ?? {}),
        });
      }
    }
    return outcomes;
  }

  private member(number: number): LoggedIn {
    return itemOf(this.cast.members, number);
  }

  private async stage({ goods }: Life, number: number): Promise<Stage> {
    const creator = itemOf(this.cast.creators, number);
    if (goods === 'tip') return { creator, tierId: null };
    const prices = [{ currency: 'INR', amount: TIER_PRICE } as const];
    const { id: tierId } = await aTier(this.world.app, creator, { prices });
    return { creator, tierId };
  }
}

/** Brings the gateway's events to those whom they are about. */
class Mail {
  private readonly settlements: { readonly due: number; readonly send: () => Promise<void> }[] = [];

  constructor(
    private readonly world: World,
    private readonly owners: Map<string, Twin>,
    private readonly random: Random,
  ) {}

  /** Takes what has come about; gives how much. */
  async gather(moment: number): Promise<number> {
    const news = await this.world.news();
    for (const one of news) this.introduce(one);
    for (const one of news) {
      if (one.name === 'settlement.processed') this.hold(one, moment);
      else this.ownerOf(one).hear(one, moment);
    }
    return news.length;
  }

  /** Wave by wave; `isToKnow`: who is told everything before. */
  async deliver(
    twins: readonly Twin[],
    moment: number,
    isToKnow: (twin: Twin) => boolean = () => false,
  ): Promise<void> {
    for (;;) {
      const wave = twins.flatMap((twin) => twin.next(moment, isToKnow(twin)));
      const settlements = this.settlements.filter(({ due }) => due <= moment);
      for (const one of settlements) this.settlements.splice(this.settlements.indexOf(one), 1);
      if (wave.length + settlements.length === 0) return;
      await each([...wave, ...settlements.map(({ send }) => send)], (send) => send());
      await this.world.settled();
    }
  }

  /** What it tells of belongs to the same as what is known of it. */
  private introduce({ ids }: News): void {
    const owner = ids.map((id) => this.owners.get(id)).find((twin) => twin !== undefined);
    if (owner !== undefined) for (const id of ids) this.owners.set(id, owner);
  }

  private ownerOf(news: News): Twin {
    this.introduce(news);
    const owner = news.ids.map((id) => this.owners.get(id)).find((twin) => twin !== undefined);
    if (owner === undefined) throw new Error(`${news.name} of ${news.ids.join()} is about nobody`);
    return owner;
  }

  private hold({ send }: News, moment: number): void {
    for (const late of pick(this.random, SETTLEMENTS)) this.settlements.push({ due: moment + late, send });
  }
}

interface Purchase {
  readonly id: number;
  readonly tier?: { readonly id: number };
  readonly message?: string;
}

async function bought(member: LoggedIn): Promise<Purchase[]> {
  const list = await member.call('GET', '/subscriptions/list');
  const tips = await member.call('GET', `/subscriptions/list_tips/${member.id}`);
  return [
    ...list.json<{ subscriptions: Purchase[] }>().subscriptions,
    ...tips.json<{ tips: Purchase[] }>().tips,
  ].reverse();
}

function isOf({ name, stage }: Twin, { tier, message }: Purchase): boolean {
  return stage.tierId === null ? message === name : tier?.id === stage.tierId;
}

/** Without what differs between any two. */
function comparable(purchase: Purchase): object {
  return { ...purchase, id: 0, message: '', payment_url: '' };
}

/** Accounts and tiers that are open to them. */
async function openTo(app: TestApp): Promise<Set<string>> {
  const rows = await app.get(Database).rows<{ account: number; tier: number }>(OPEN, [app.get(Clock).now()]);
  return new Set(rows.map(({ account, tier }) => `${account} ${tier}`));
}

function itemOf<T>(items: readonly T[], number: number): T {
  return items[number % items.length] as T;
}

function deedsOf({ life }: Twin, moment: number) {
  return life.deeds.filter((done) => done.moment === moment).map(({ deed }) => deed);
}

/** Several at once, and not all. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (const item of queue) await work(item);
  });
  await Promise.all(workers);
}
