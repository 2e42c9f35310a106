import type { Provider, Type } from '@nestjs/common';
import { CheckoutSweeper } from './checkout.sweeper';
import { PayBack } from './pay-back';
import { PurchaseConfirmService } from './purchase-confirm.service';
import { PurchaseEndService } from './purchase-end.service';
import { PurchaseReaderService } from './purchase-reader.service';
import { PurchaseStanding } from './purchase-standing.service';
import { PurchaseController } from './purchase.controller';
import { PurchaseDraft } from './purchase.draft';
import { PurchaseJob } from './purchase.job';
import { PurchaseListener } from './purchase.listener';
import { PurchaseService } from './purchase.service';
import { PurchaseSettler } from './purchase.settler';
import { PurchaseWriter } from './purchase.writer';
import { SeatService } from './seat.service';
import { SubscriptionListRepository } from './subscription-list.repository';
import { Subscription } from './subscription.entity';
import { SubscriptionRepository } from './subscription.repository';
import { UnpaidCheckout } from './unpaid-checkout.service';

/** The part of SubscriptionModule for buying tiers. */
export const PURCHASE = {
  entities: [Subscription],
  controllers: [PurchaseController] as Type[],
  providers: [
    SubscriptionRepository,
    SubscriptionListRepository,
    SeatService,
    PurchaseStanding,
    PurchaseWriter,
    PurchaseSettler,
    UnpaidCheckout,
    PurchaseDraft,
    PurchaseService,
    PurchaseConfirmService,
    PurchaseEndService,
    PurchaseReaderService,
    PayBack,
    PurchaseListener,
    PurchaseJob,
    CheckoutSweeper,
  ] as Provider[],
};
