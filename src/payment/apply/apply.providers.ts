import type { Provider } from '@nestjs/common';
import { ApplyService } from './apply.service';
import { DisputeApplier } from './dispute.applier';
import { MandateApplier } from './mandate.applier';
import { OrderApplier } from './order.applier';
import { PayeeService } from './payee.service';
import { PaymentApplier } from './payment.applier';
import { PaymentBooks } from './payment.books';
import { PaymentEffects } from './payment.effects';
import { PaymentFacts } from './payment.facts';
import { RefundApplier } from './refund.applier';
import { SettlementApplier } from './settlement.applier';
import { SubjectFinder } from './subject.finder';

/** The part of PaymentModule that applies what the gateway says. */
export const APPLY = {
  providers: [
    SubjectFinder,
    PayeeService,
    PaymentFacts,
    PaymentBooks,
    PaymentEffects,
    PaymentApplier,
    OrderApplier,
    MandateApplier,
    RefundApplier,
    DisputeApplier,
    SettlementApplier,
    ApplyService,
  ] as Provider[],
};
