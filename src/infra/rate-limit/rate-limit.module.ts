import { type DynamicModule, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import type { Settings } from '../config/settings';
import { FailureLimiter } from './failure-limiter';
import { FallbackRateStore } from './fallback-rate-store';
import { MemoryRateStore } from './memory-rate-store';
import { RateLimitGuard } from './rate-limit.guard';
import { RateStore } from './rate-store';
import { RedisRateStore } from './redis-rate-store';

/** Stands before the modules whose guards ask who calls, so that a flood is counted before it is looked at. */
@Module({})
export class RateLimitModule implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(RedisRateStore) private readonly redis: RedisRateStore | null) {}

  static forRoot(settings: Settings): DynamicModule {
    const redis = settings.redisUrl === undefined ? null : new RedisRateStore(settings.redisUrl);
    const memory = new MemoryRateStore();
    const store = redis === null ? memory : new FallbackRateStore(redis, memory);
    const guard = {
      provide: APP_GUARD,
      inject: [RateStore, Reflector],
      useFactory: (rateStore: RateStore, reflector: Reflector) => new RateLimitGuard(rateStore, reflector),
    };
    return {
      module: RateLimitModule,
      global: true,
      providers: [
        { provide: RateStore, useValue: store },
        { provide: RedisRateStore, useValue: redis },
        FailureLimiter,
        ...(settings.rateLimits ? [guard] : []),
      ],
      exports: [RateStore, FailureLimiter],
    };
  }

  /** A Redis that is away does not stop the start: the store finds out by itself when it comes. */
  async onModuleInit(): Promise<void> {
    await this.redis?.connect().catch(() => {});
  }

  onApplicationShutdown(): void {
    this.redis?.close();
  }
}
