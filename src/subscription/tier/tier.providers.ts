import type { Provider, Type } from '@nestjs/common';
import { TierController } from './tier.controller';
import { Tier } from './tier.entity';
import { TierRepository } from './tier.repository';
import { TierService } from './tier.service';
import { TierPrice } from './tier-price.entity';

/** The part of SubscriptionModule for tiers. */
export const TIER = {
  entities: [Tier, TierPrice],
  controllers: [TierController] as Type[],
  providers: [TierRepository, TierService] as Provider[],
};
