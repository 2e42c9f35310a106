import type { Provider, Type } from '@nestjs/common';
import { ChangePlace } from './change-place';
import { ChangeQuoteService } from './change-quote.service';
import { ChangeController } from './change.controller';
import { ChangeListener } from './change.listener';
import { ChangeService } from './change.service';
import { ChangeSettler } from './change.settler';
import { ChangeWriter } from './change.writer';
import { SubscriptionChange } from './subscription-change.entity';
import { SubscriptionChangeRepository } from './subscription-change.repository';

/** The part of SubscriptionModule for changing tiers. It needs PURCHASE. */
export const CHANGE = {
  entities: [SubscriptionChange],
  controllers: [ChangeController] as Type[],
  providers: [
    SubscriptionChangeRepository,
    ChangePlace,
    ChangeQuoteService,
    ChangeSettler,
    ChangeWriter,
    ChangeService,
    ChangeListener,
  ] as Provider[],
};
