import type { Provider, Type } from '@nestjs/common';
import { Tier } from './tier.entity';
import { TierPrice } from './tier-price.entity';

/** The part of SubscriptionModule for tiers. */
export const TIER = { entities: [Tier, TierPrice], controllers: [] as Type[], providers: [] as Provider[] };
