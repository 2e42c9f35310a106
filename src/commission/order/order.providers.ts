import type { Provider, Type } from '@nestjs/common';
import { CommissionOrder } from './commission-order.entity';
import { CommissionStep } from './commission-step.entity';
import { GuestCommissionService } from './guest-commission.service';
import { GuestNotice } from './guest-notice';
import { OrderBill } from './order.bill';
import { OrderCheckoutService } from './order-checkout.service';
import { OrderClosingService } from './order-closing.service';
import { OrderController } from './order.controller';
import { OrderFacts } from './order.facts';
import { OrderIntake } from './order.intake';
import { OrderJob } from './order.job';
import { OrderListener } from './order.listener';
import { OrderListRepository } from './order-list.repository';
import { OrderPurse } from './order.purse';
import { OrderReaderService } from './order-reader.service';
import { OrderRepository } from './order.repository';
import { OrderStepController } from './order-step.controller';
import { OrderStepService } from './order-step.service';
import { OrderTransitions } from './order.transitions';
import { OrderWriter } from './order.writer';
import { Waitlist } from './waitlist';

/** The part of CommissionModule for orders. It needs OFFER. */
export const ORDER = {
  entities: [CommissionOrder, CommissionStep],
  controllers: [OrderController, OrderStepController] as Type[],
  providers: [
    OrderRepository,
    OrderListRepository,
    OrderFacts,
    GuestNotice,
    OrderWriter,
    OrderBill,
    OrderPurse,
    Waitlist,
    OrderTransitions,
    OrderIntake,
    OrderCheckoutService,
    OrderStepService,
    OrderReaderService,
    OrderClosingService,
    GuestCommissionService,
    OrderListener,
    OrderJob,
  ] as Provider[],
};
