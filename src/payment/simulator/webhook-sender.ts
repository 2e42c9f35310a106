import { setTimeout as wait } from 'node:timers/promises';
import { hmacSha256 } from '../../infra/crypto/digest';
import type { Chaos } from './chaos';
import type { Envelope } from './events';
import type { Ids } from './ids';
import { givesUp, pauseAfter } from './retry.rules';
import type { SimulatedClock } from './simulated-clock';

export interface WebhookOptions {
  readonly url?: string;
  readonly secret: string;
  /** Deliveries under way at once. */
  readonly concurrency: number;
  /** How long the receiver has for its answer, in real milliseconds. */
  readonly answerWithinMs: number;
}

export type DeliveryState = 'waiting' | 'sending' | 'delivered' | 'retrying' | 'dropped' | 'given_up' | 'unsent';

export interface Delivery {
  readonly id: string;
  readonly event: string;
  /** The raw bytes, as they are signed and sent. */
  readonly body: string;
  readonly signature: string;
  readonly createdAt: number;
  state: DeliveryState;
  /** Moment and outcome of each try: a status, or a word where there was none. */
  readonly tries: { readonly at: number; readonly outcome: number | string }[];
}

const LONGEST_HOLD = 3600;

/** Sends signed events to one URL, again and again until they are taken, for a simulated day. */
export class WebhookSender {
  readonly log: Delivery[] = [];
  url: string | undefined;
  /** Razorpay switches a webhook off when an event could not be delivered for a day. */
  isDisabled = false;
  secret: string;
  private readonly ready: Delivery[] = [];
  /** Held back or to be retried, with what calls that off. */
  private readonly later = new Map<Delivery, () => void>();
  private readonly closing = new AbortController();
  private sending = 0;
  private idlers: (() => void)[] = [];

  constructor(
    private readonly clock: SimulatedClock,
    private readonly ids: Ids,
    private readonly chaos: Chaos,
    private readonly options: WebhookOptions,
  ) {
    this.url = options.url;
    this.secret = options.secret;
  }

  enqueue(envelope: Envelope): void {
    const body = JSON.stringify(envelope);
    const delivery: Delivery = {
      id: this.ids.code(),
      event: envelope.event,
      body,
      signature: hmacSha256(this.secret, body).toString('hex'),
      createdAt: this.clock.now(),
      state: 'waiting',
      tries: [],
    };
    this.log.push(delivery);
    if (this.url === undefined || this.isDisabled) return void (delivery.state = 'unsent');
    if (this.chaos.webhook('drop')) return void (delivery.state = 'dropped');
    if (this.chaos.webhook('duplicate')) this.push(delivery);
    if (this.chaos.webhook('reorder')) this.postpone(delivery, this.chaos.upTo(LONGEST_HOLD));
    else this.push(delivery);
  }

  /** Resolves when nothing is being sent; what is held back or waits for its retry is not waited for. */
  idle(): Promise<void> {
    if (this.ready.length === 0 && this.sending === 0) return Promise.resolve();
    return new Promise((resolve) => this.idlers.push(resolve));
  }

  /** Sends what is held back or waits for a retry at once, `rounds` times at most, until everything is taken. */
  async flush(rounds = 25): Promise<void> {
    await this.idle();
    for (let round = 0; round < rounds && this.later.size > 0; round += 1) {
      for (const delivery of [...this.later.keys()]) this.release(delivery);
      await this.idle();
    }
  }

  /** Sends one of the log's events again, as a person can from Razorpay's dashboard. False where it is unknown. */
  resend(id: string): boolean {
    const delivery = this.log.find((one) => one.id === id);
    if (delivery !== undefined) this.push(delivery);
    return delivery !== undefined;
  }

  close(): void {
    this.closing.abort();
    this.ready.length = 0;
    this.later.clear();
    this.wakeIdlers();
  }

  private push(delivery: Delivery): void {
    this.ready.push(delivery);
    this.pump();
  }

  private pump(): void {
    while (this.sending < this.options.concurrency && !this.closing.signal.aborted) {
      const delivery = this.ready.shift();
      if (delivery === undefined) return this.sending === 0 ? this.wakeIdlers() : undefined;
      this.sending += 1;
      void this.send(delivery).finally(() => {
        this.sending -= 1;
        this.pump();
      });
    }
  }

  private async send(delivery: Delivery): Promise<void> {
    delivery.state = delivery.state === 'delivered' ? 'delivered' : 'sending';
    const outcome = await this.attempt(delivery);
    delivery.tries.push({ at: this.clock.now(), outcome });
    if (typeof outcome === 'number' && outcome >= 200 && outcome < 300) {
      delivery.state = 'delivered';
      this.later.get(delivery)?.();
      this.later.delete(delivery);
    } else if (delivery.state !== 'delivered' && !this.closing.signal.aborted) this.retry(delivery);
  }

  private async attempt({ id, body, signature }: Delivery): Promise<number | string> {
    const { signal } = this.closing;
    let patience: AbortSignal | undefined;
    try {
      const delay = this.chaos.webhookDelayMs();
      if (delay > 0) await wait(delay, undefined, { signal });
      patience = AbortSignal.timeout(this.options.answerWithinMs);
      const response = await fetch(this.url ?? '', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Razorpay-Webhook/v1',
          'x-razorpay-event-id': id,
          'x-razorpay-signature': signature,
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([signal, patience]),
      });
      await response.arrayBuffer();
      return this.chaos.webhook('timeout') ? 'answer lost' : response.status;
    } catch {
      return patience?.aborted ? 'timeout' : 'no connection';
    }
  }

  private retry(delivery: Delivery): void {
    const failures = delivery.tries.length;
    const pause = pauseAfter(failures);
    if (givesUp(failures, this.clock.now() + pause - delivery.createdAt)) {
      delivery.state = 'given_up';
      this.isDisabled = true;
      return;
    }
    delivery.state = 'retrying';
    this.postpone(delivery, pause);
  }

  private postpone(delivery: Delivery, seconds: number): void {
    const callOff = this.clock.at(this.clock.now() + seconds, () => this.release(delivery));
    this.later.get(delivery)?.();
    this.later.set(delivery, callOff);
  }

  private release(delivery: Delivery): void {
    this.later.get(delivery)?.();
    this.later.delete(delivery);
    this.push(delivery);
  }

  private wakeIdlers(): void {
    const idlers = this.idlers;
    this.idlers = [];
    for (const wake of idlers) wake();
  }
}
