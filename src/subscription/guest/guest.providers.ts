import type { Provider, Type } from '@nestjs/common';
import { GuestCallbackService } from './guest-callback.service';
import { GuestCaptureService } from './guest-capture.service';
import { GuestCheckout } from './guest-checkout.entity';
import { GuestCheckoutRepository } from './guest-checkout.repository';
import { GuestCheckoutService } from './guest-checkout.service';
import { GuestClaim } from './guest-claim.entity';
import { GuestClaimRepository } from './guest-claim.repository';
import { GuestClaimService } from './guest-claim.service';
import { GuestHandover } from './guest-handover';
import { GuestLeavingListener } from './guest-leaving.listener';
import { GuestLeaving } from './guest-leaving.service';
import { GuestLinkService } from './guest-link.service';
import { GuestMailer } from './guest-mailer';
import { GuestOffers } from './guest-offers';
import { GuestPageService } from './guest-page.service';
import { GuestPaid } from './guest-paid';
import { GuestRequestService } from './guest-request.service';
import { GuestReturn } from './guest-return';
import { GuestTiers } from './guest-tiers';
import { GuestController } from './guest.controller';
import { GuestListener } from './guest.listener';
import { GuestSweeper } from './guest.sweeper';

/** The part of SubscriptionModule for those who buy without an account. */
export const GUEST = {
  entities: [GuestCheckout, GuestClaim],
  controllers: [GuestController] as Type[],
  providers: [
    GuestCheckoutRepository,
    GuestClaimRepository,
    GuestTiers,
    GuestOffers,
    GuestCheckoutService,
    GuestCallbackService,
    GuestReturn,
    GuestHandover,
    GuestClaimService,
    GuestMailer,
    GuestPaid,
    GuestCaptureService,
    GuestRequestService,
    GuestLinkService,
    GuestPageService,
    GuestLeaving,
    GuestListener,
    GuestLeavingListener,
    GuestSweeper,
  ] as Provider[],
};
