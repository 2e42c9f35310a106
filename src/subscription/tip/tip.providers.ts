import type { Provider, Type } from '@nestjs/common';
import { TipListRepository } from './tip-list.repository';
import { TipReaderService } from './tip-reader.service';
import { TipController } from './tip.controller';
import { Tip } from './tip.entity';
import { TipListener } from './tip.listener';
import { TipRepository } from './tip.repository';
import { TipService } from './tip.service';
import { TipSettler } from './tip.settler';

/** The part of SubscriptionModule for tips. */
export const TIP = {
  entities: [Tip],
  controllers: [TipController] as Type[],
  providers: [TipRepository, TipListRepository, TipSettler, TipService, TipReaderService, TipListener] as Provider[],
};
