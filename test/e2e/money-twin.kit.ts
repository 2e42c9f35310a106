import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../src/common/domain-error';
import { PaymentRepository } from '../../src/payment/payment/payment.repository';
import { RefundService } from '../../src/payment/refund/refund.service';
import { ApiError } from '../../src/payment/simulator/api-error';
import type { LoggedIn } from '../factories/administrator';
import { type Deed, type Fate, IN_ORDER, type Life } from './money-life.kit';
import type { News, World } from './money-world.kit';

export interface Stage {
  readonly creator: LoggedIn;
  /** Null for tips. */
  readonly tierId: number | null;
}

interface Waiting {
  /** The number of the moment with which it comes; undefined: it is lost. */
  readonly due: number | undefined;
  readonly turn: number;
  readonly send: () => Promise<void>;
}

/** They go back in quarters. */
const PAGE_TRIES = 20;
const PAGE_PAUSE_MS = 500;
export const TIER_PRICE = 20_000;
const TIP = 40_000;
/** Whoever is told of it captures it. In time, or the gateway gives it back: that would be another life. */
const URGENT = 'payment.authorized';

/** One who lives a life, and hears of it as `fates` say. */
export class Twin {
  /** The gateway's id of the newest checkout. */
  checkout: string | undefined;
  /** The gateway's ids, in the order in which they were captured. */
  readonly captured: string[] = [];
  /** What came of the deeds whose outcome depends on what is known. */
  readonly answers: string[] = [];
  private waiting: Waiting[] = [];
  /** The bank has agreed to a payment, and nobody has captured it. */
  private isHeld = false;
  private heard = 0;

  constructor(
    private readonly world: World,
    /** Unique. */
    readonly name: string,
    readonly member: LoggedIn,
    readonly stage: Stage,
    readonly life: Life,
    /** Undefined: everything comes in order, once. */
    private readonly fates: readonly Fate[] | undefined,
  ) {}

  /** The gateway's ids that came to be by it. */
  async act(deed: Deed, moment: number): Promise<string[]> {
    switch (deed.kind) {
      case 'create':
        return this.create();
      case 'pay':
        return this.pay(deed, moment);
      case 'card':
        if (this.checkout?.startsWith('sub_')) this.world.simulator.control.setCard(this.checkout, { card: deed.card });
        return [];
      case 'end':
        return this.ask('/subscriptions/end/', { tier: this.stage.tierId, end_type: deed.when === 'now' ? 0 : 1 });
      case 'pause':
      case 'resume':
        return this.ask(`/subscriptions/${await this.newest()}/${deed.kind}/`, {});
      case 'refund':
        await this.payBack(deed, moment);
        return [];
      case 'dispute':
        this.dispute(deed);
        return [];
    }
  }

  /** An event of the gateway about it. */
  hear(news: News, moment: number): void {
    if (news.captured !== undefined && !this.captured.includes(news.captured)) this.captured.push(news.captured);
    const isUrgent = this.isHeld && news.name === URGENT;
    this.expect(news.send, moment, isUrgent);
  }

  /** What comes with this moment and in this turn of it; `all`: whatever is still to come. */
  next(moment: number, all: boolean): (() => Promise<void>)[] {
    const due = this.waiting.filter((item) => all || (item.due !== undefined && item.due <= moment));
    const turn = Math.min(...due.map((item) => item.turn));
    const now = this.fates === undefined ? due.slice(0, 1) : due.filter((item) => item.turn === turn);
    this.waiting = this.waiting.filter((item) => !now.includes(item));
    return now.map(({ send }) => send);
  }

  private expect(send: () => Promise<void>, moment: number, isUrgent = false): void {
    const { copies, turn } = this.fates === undefined ? IN_ORDER : (this.fates[this.heard] ?? IN_ORDER);
    this.heard += 1;
    const told = isUrgent && !copies.includes(0) ? [0, ...copies] : copies;
    for (const late of told) this.waiting.push({ due: moment + late, turn, send });
    if (told.length === 0) this.waiting.push({ due: undefined, turn, send });
  }

  private async create(): Promise<string[]> {
    const { tierId, creator } = this.stage;
    const { member } = this;
    const answer =
      this.life.goods === 'tip'
        ? await member.call('POST', '/subscriptions/create_order', {
            amount: TIP,
            creatorID: creator.id,
            message: this.name,
          })
        : await member.call('POST', `/subscriptions/${this.life.goods === 'once' ? 'create_onetime/' : 'create'}`, {
            tierID: tierId,
          });
    this.answers.push(`create ${answer.statusCode}`);
    if (answer.statusCode !== 200) return [];
    this.checkout = answer.json<{ SubscriptionID: string }>().SubscriptionID;
    return [this.checkout];
  }

  private async pay({ outcome, method }: Deed & { kind: 'pay' }, moment: number): Promise<string[]> {
    const { checkout } = this;
    if (checkout === undefined) return [];
    const isOrder = checkout.startsWith('order_');
    this.isHeld = isOrder && outcome === 'authorized';
    const what = isOrder ? { order_id: checkout } : { subscription_id: checkout };
    const paid = unlessRefused(() => this.world.simulator.pay({ ...what, method, outcome }));
    if (paid === undefined) return [];
    if ('error' in paid) return Object.values(paid.error.metadata ?? {});
    const { razorpay_payment_id: payment, razorpay_signature: signature } = paid.callback;
    this.expect(() => this.callBack(checkout, payment, signature), moment);
    return [payment];
  }

  private async callBack(checkout: string, payment: string, signature: string): Promise<void> {
    const path = this.life.goods === 'tip' ? 'save_order' : 'save';
    const body = {
      razorpay_payment_id: payment,
      razorpay_signature: signature,
      razorpay_subscription_id: checkout,
    };
    let answer = await this.member.call('POST', `/subscriptions/${path}`, body);
    // A page that is told to try again does.
    for (let left = PAGE_TRIES; answer.statusCode === 503 && left > 0; left -= 1) {
      await sleep(PAGE_PAUSE_MS);
      answer = await this.member.call('POST', `/subscriptions/${path}`, body);
    }
    if (answer.statusCode !== 200) throw new Error(`A callback was answered ${answer.statusCode}: ${answer.body}`);
  }

  private async ask(path: string, body: object): Promise<string[]> {
    const answer = await this.member.call('POST', path, body);
    if (answer.statusCode >= 500) throw new Error(`${path} was answered ${answer.statusCode}: ${answer.body}`);
    this.answers.push(
      `${path.split('/')[3] ?? path} ${answer.statusCode} ${answer.json<{ status?: string }>().status}`,
    );
    return [];
  }

  /** Ours. */
  private async newest(): Promise<number> {
    const list = await this.member.call('GET', '/subscriptions/list');
    const { subscriptions } = list.json<{ subscriptions: { id: number; tier: { id: number } }[] }>();
    return subscriptions.find(({ tier }) => tier.id === this.stage.tierId)?.id ?? 0;
  }

  private async payBack({ by, quarters, mode, which }: Deed & { kind: 'refund' }, moment: number): Promise<void> {
    const payment = this.captured[which];
    if (payment === undefined) return;
    const { control } = this.world.simulator;
    const amount = (this.price * quarters) / 4;
    if (by === 'us') return this.payBackOurselves(payment, amount, `${this.name}-${moment}`);
    control.setRefunds(mode);
    unlessRefused(() => control.refund(payment, { amount }));
    control.setRefunds('instant');
  }

  private async payBackOurselves(gatewayId: string, amount: number, key: string): Promise<void> {
    const { app } = this.world;
    const payment = await app.get(PaymentRepository).byGatewayId(gatewayId);
    if (payment === undefined) throw new Error(`${gatewayId} is not known`);
    try {
      const refunds = app.get(RefundService);
      await refunds.carryOut(await refunds.request(payment.id, { amount, reason: 'As agreed.', key }));
      this.answers.push('refund made');
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.answers.push(`refund ${error.code}`);
    }
  }

  private dispute({ status, deduct, quarters, which }: Deed & { kind: 'dispute' }): void {
    const payment = this.captured[which];
    if (payment === undefined) return;
    const amount = (this.price * quarters) / 4;
    unlessRefused(() => this.world.simulator.control.dispute(payment, { status, deduct, amount }));
  }

  private get price(): number {
    return this.life.goods === 'tip' ? TIP : TIER_PRICE;
  }
}

/** The gateway's or the bank's no is an answer like others. */
function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
