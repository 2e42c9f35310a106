import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { Dispute } from './dispute/dispute.entity';
import { DisputeRepository } from './dispute/dispute.repository';
import { GatewayPlanRecord } from './mandate/gateway-plan.entity';
import { GatewayPlanRepository } from './mandate/gateway-plan.repository';
import { Mandate } from './mandate/mandate.entity';
import { MandateRepository } from './mandate/mandate.repository';
import { PaymentOrder } from './order/payment-order.entity';
import { PaymentOrderRepository } from './order/payment-order.repository';
import { ParkedPayment } from './parked/parked-payment.entity';
import { Payment } from './payment/payment.entity';
import { PaymentRepository } from './payment/payment.repository';
import { ReconciliationRun } from './reconcile/reconciliation-run.entity';
import { Refund } from './refund/refund.entity';
import { RefundRepository } from './refund/refund.repository';
import { Settlement } from './settlement/settlement.entity';
import { SettlementRepository } from './settlement/settlement.repository';

const entities = [
  PaymentOrder,
  GatewayPlanRecord,
  Mandate,
  Payment,
  Refund,
  Dispute,
  Settlement,
  ParkedPayment,
  ReconciliationRun,
];
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
  imports: [TypeOrmModule.forFeature(entities), AuthModule],
  providers: repositories,
})
export class PaymentModule {}
