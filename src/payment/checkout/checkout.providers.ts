import type { Provider } from '@nestjs/common';
import { MandateJob } from '../mandate/mandate.job';
import { MandateAsker } from '../mandate/mandate-asker';
import { MandateFacts } from '../mandate/mandate-facts';
import { MandatePlanService } from '../mandate/mandate-plan.service';
import { MandatePublisher } from '../mandate/mandate-publisher';
import { MandateService } from '../mandate/mandate.service';
import { MandateSync } from '../mandate/mandate-sync';
import { MandateTeller } from '../mandate/mandate-teller';
import { OrderService } from '../order/order.service';
import { PlanService } from '../plan/plan.service';
import { RefundJob } from '../refund/refund.job';
import { RefundMaker } from '../refund/refund-maker';
import { RefundService } from '../refund/refund.service';
import { RefundSettler } from '../refund/refund-settler';
import { CaptureService } from './capture.service';
import { CheckoutService } from './checkout.service';
import { GatewayAttempts } from './gateway-attempts';
import { HoldService } from './hold.service';

/** The part of PaymentModule that asks the gateway for something. It needs PaymentGateway and APPLY. */
export const CHECKOUT = {
  providers: [
    GatewayAttempts,
    PlanService,
    OrderService,
    MandateAsker,
    MandateFacts,
    MandatePlanService,
    MandatePublisher,
    MandateTeller,
    MandateSync,
    MandateService,
    MandateJob,
    CaptureService,
    CheckoutService,
    HoldService,
    RefundMaker,
    RefundSettler,
    RefundService,
    RefundJob,
  ] as Provider[],
};
