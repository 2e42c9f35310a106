import type { RequestPlan } from 'autocannon';
import type { Client } from 'pg';
import { eventIdOf, signedEvent, WEBHOOK_PATH } from './event';
import { ORDERS } from './seed';

const OPEN = `select (select count(*) from webhook_delivery where state = 'pending')
  + (select count(*) from outbox_delivery where status = 'pending') as open`;

/** The signed deliveries of a run: each of the two servers gets every event once, in order. */
export class Deliveries {
  private readonly sent = new Map<string, number>();

  constructor(
    private readonly secret: string,
    private readonly database: Client,
  ) {}

  /** A new event with every request. `acknowledged` is told its id. */
  fresh(url: string, acknowledged: (eventId: string) => void = () => {}): RequestPlan {
    return {
      method: 'POST',
      path: WEBHOOK_PATH,
      setupRequest: (request, context) => {
        const n = this.next(url);
        context['eventId'] = eventIdOf(n);
        return { ...request, ...signedEvent(n, this.secret) };
      },
      onResponse: (status, _body, context) => {
        if (status === 200) acknowledged(String(context['eventId']));
      },
    };
  }

  /** One event again and again. */
  repeated(url: string): RequestPlan {
    return signedEvent(this.next(url), this.secret);
  }

  /** Takes away what is not yet applied: in the next round it would be worked on beside it. */
  async clear(): Promise<void> {
    do {
      await this.database.query("delete from webhook_delivery where state = 'pending'");
      await this.database.query("delete from outbox_delivery where status = 'pending'");
    } while ((await this.open()) > 0);
  }

  /** How many deliveries and facts wait. */
  async open(): Promise<number> {
    return Number((await this.database.query<{ open: string }>(OPEN)).rows[0]?.open);
  }

  private next(url: string): number {
    const n = (this.sent.get(url) ?? 0) + 1;
    if (n > ORDERS) throw new Error('every order is paid: seed more of them');
    this.sent.set(url, n);
    return n;
  }
}
