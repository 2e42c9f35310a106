import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings';
import { addressKey } from './address-key';
import { rateLimitHeaders } from './rate-limit-headers';
import { FAILED_SIGNATURES } from './rate-limit.policies';
import { RateStore } from './rate-store';
import { tooManyRequests } from './too-many-requests';

/** Counts what failed and not what was asked: a busy honest caller of a signature route never meets a limit. */
@Injectable()
export class FailureLimiter {
  constructor(
    private readonly store: RateStore,
    private readonly settings: Settings,
  ) {}

  /** Throws 429 for an address whose signatures failed too often of late. */
  async check(source: string, address: string): Promise<void> {
    if (!this.settings.rateLimits) return;
    const { limit } = FAILED_SIGNATURES;
    const failures = await this.store.get(keyOf(source, address));
    if (failures === undefined || failures.count < limit) return;
    const { count, resetMs } = failures;
    throw tooManyRequests(resetMs, rateLimitHeaders(limit, count, Math.max(1, Math.ceil(resetMs / 1000))));
  }

  /** After a signature failed. */
  async failed(source: string, address: string): Promise<void> {
    if (!this.settings.rateLimits) return;
    await this.store.increment(keyOf(source, address), FAILED_SIGNATURES.windowSeconds * 1000);
  }
}

function keyOf(source: string, address: string): string {
  return `failed:${source}:${addressKey(address)}`;
}
