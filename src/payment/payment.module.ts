import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { APPLY } from './apply/apply.providers';
import { ApplyService } from './apply/apply.service';
import { PayeeService } from './apply/payee.service';
import { CHECKOUT } from './checkout/checkout.providers';
import { CheckoutService } from './checkout/checkout.service';
import { HoldService } from './checkout/hold.service';
import { Dispute } from './dispute/dispute.entity';
import { DisputeRepository } from './dispute/dispute.repository';
import { GATEWAY } from './gateway/gateway.providers';
import { LEDGER } from './ledger/ledger.providers';
import { LedgerReportService } from './ledger/ledger-report.service';
import { LedgerService } from './ledger/ledger.service';
import { GatewayPlanRecord } from './mandate/gateway-plan.entity';
import { GatewayPlanRepository } from './mandate/gateway-plan.repository';
import { Mandate } from './mandate/mandate.entity';
import { MandateRepository } from './mandate/mandate.repository';
import { MandatePlanService } from './mandate/mandate-plan.service';
import { MandateService } from './mandate/mandate.service';
import { OrderService } from './order/order.service';
import { PaymentOrder } from './order/payment-order.entity';
import { PaymentOrderRepository } from './order/payment-order.repository';
import { PARKED } from './parked/parked.providers';
import { PayerService } from './payment/payer.service';
import { Payment } from './payment/payment.entity';
import { PaymentRepository } from './payment/payment.repository';
import { PaymentService } from './payment/payment.service';
import { RECONCILE } from './reconcile/reconcile.providers';
import { Refund } from './refund/refund.entity';
import { RefundRepository } from './refund/refund.repository';
import { RefundService } from './refund/refund.service';
import { Settlement } from './settlement/settlement.entity';
import { SettlementLine } from './settlement/settlement-line.entity';
import { SettlementRepository } from './settlement/settlement.repository';
import { WEBHOOK } from './webhook/webhook.providers';

const entities = [PaymentOrder, GatewayPlanRecord, Mandate, Payment, Refund, Dispute, Settlement, SettlementLine];
const repositories = [
  PaymentOrderRepository,
  GatewayPlanRepository,
  MandateRepository,
  PaymentRepository,
  RefundRepository,
  DisputeRepository,
  SettlementRepository,
];

/** What the gateway knows of money, and what we booked of it. */
@Module({
  imports: [
    TypeOrmModule.forFeature([...entities, ...PARKED.entities, ...LEDGER.entities, ...RECONCILE.entities]),
    AuthModule,
  ],
  controllers: [...PARKED.controllers, ...WEBHOOK.controllers, ...RECONCILE.controllers],
  providers: [
    ...repositories,
    PaymentService,
    PayerService,
    ...GATEWAY,
    ...LEDGER.providers,
    ...APPLY.providers,
    ...CHECKOUT.providers,
    ...PARKED.providers,
    ...WEBHOOK.providers,
    ...RECONCILE.providers,
  ],
  exports: [
    ApplyService,
    LedgerService,
    LedgerReportService,
    OrderService,
    MandateService,
    MandatePlanService,
    CheckoutService,
    HoldService,
    RefundService,
    PaymentService,
    PayerService,
    PayeeService,
  ],
})
export class PaymentModule {}
