import { refused } from './api-error';
import { type Body, integerOf, objectOf } from './input';
import { happens, pick, type Random, seededRandom, trueRandom } from './random';

/** What goes wrong with webhooks: probabilities from 0 to 1, and the longest real delay. */
export interface WebhookChaos {
  readonly duplicate: number;
  /** Held back for up to an hour of simulated time, so that later events overtake it. */
  readonly reorder: number;
  /** Never sent. */
  readonly drop: number;
  /** The receiver's answer is lost: the event comes again. */
  readonly timeout: number;
  readonly delayMs: number;
}

/** What goes wrong with calls of the API. */
export interface ApiChaos {
  /** No answer: half of them before the call had its effect, half after it. */
  readonly timeout: number;
  /** 429 and 503 before the effect; 500, 502 and 504 before or after it. */
  readonly errors: number;
  readonly delayMs: number;
  /** How long a call without an answer is kept waiting until its connection is cut. */
  readonly hangMs: number;
}

export type ApiFate =
  | { readonly kind: 'answer' }
  | { readonly kind: 'cut' | 'fail'; readonly afterEffect: boolean; readonly status: number };

const QUIET_WEBHOOKS: WebhookChaos = { duplicate: 0, reorder: 0, drop: 0, timeout: 0, delayMs: 0 };
const QUIET_API: ApiChaos = { timeout: 0, errors: 0, delayMs: 0, hangMs: 0 };

export class Chaos {
  webhooks = QUIET_WEBHOOKS;
  api = QUIET_API;
  private webhookRandom: Random = trueRandom;
  private apiRandom: Random = trueRandom;

  /**
   * `{webhooks: {...}, api: {...}, seed}`; what stands beside them counts for both. What is not named is off, so `{}`
   * ends the chaos. The same seed and the same calls bring the same accidents.
   */
  set(body: Body): { readonly webhooks: WebhookChaos; readonly api: ApiChaos } {
    const seed = integerOf(body, 'seed');
    const webhooks = numbersOf(QUIET_WEBHOOKS, { ...body, ...objectOf(body, 'webhooks') });
    const api = numbersOf(QUIET_API, { ...body, ...objectOf(body, 'api') });
    if (seed !== undefined) [this.webhookRandom, this.apiRandom] = [seededRandom(seed), seededRandom(seed + 1)];
    [this.webhooks, this.api] = [webhooks, api];
    return { webhooks, api };
  }

  webhook(kind: Exclude<keyof WebhookChaos, 'delayMs'>): boolean {
    return happens(this.webhookRandom, this.webhooks[kind]);
  }

  /** A whole number from 1 up to `most`. */
  upTo(most: number): number {
    return 1 + Math.floor(this.webhookRandom() * most);
  }

  webhookDelayMs(): number {
    return this.webhooks.delayMs > 0 ? Math.floor(this.webhookRandom() * this.webhooks.delayMs) : 0;
  }

  apiDelayMs(): number {
    return this.api.delayMs > 0 ? Math.floor(this.apiRandom() * this.api.delayMs) : 0;
  }

  fate(): ApiFate {
    const random = this.apiRandom;
    if (happens(random, this.api.timeout)) return { kind: 'cut', afterEffect: happens(random, 0.5), status: 0 };
    if (!happens(random, this.api.errors)) return { kind: 'answer' };
    const status = pick(random, [429, 503, 500, 502, 504]);
    return { kind: 'fail', afterEffect: status !== 429 && status !== 503 && happens(random, 0.5), status };
  }
}

/** The numbers of `quiet`, each replaced by the body's where it has one. */
function numbersOf<T extends { readonly [K in keyof T]: number }>(quiet: T, body: Body): T {
  const result: Record<string, number> = { ...quiet };
  for (const name of Object.keys(quiet)) {
    const value = body[name];
    if (value === undefined) continue;
    const most = name.endsWith('Ms') ? 600_000 : 1;
    if (typeof value !== 'number' || !(value >= 0 && value <= most)) {
      throw refused(`${name} must be a number from 0 to ${most}.`, name);
    }
    result[name] = value;
  }
  return result as T;
}
