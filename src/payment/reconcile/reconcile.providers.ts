import type { Provider, Type } from '@nestjs/common';
import { AttachedCure } from './attached.cure';
import { BeliefRepository } from './belief.repository';
import { DisputeComparison } from './dispute.comparison';
import { MandateComparison } from './mandate.comparison';
import { MandateCure } from './mandate.cure';
import { OrderComparison } from './order.comparison';
import { PaymentComparison } from './payment.comparison';
import { PaymentCure } from './payment.cure';
import { ReconcileAdminController } from './reconcile.admin.controller';
import { ReconcileJob } from './reconcile.job';
import { ReconcileService } from './reconcile.service';
import { ReconcileWorker } from './reconcile.worker';
import { Reconciler } from './reconciler';
import { ReconciliationRun } from './reconciliation-run.entity';
import { RefundComparison } from './refund.comparison';
import { RunRepository } from './run.repository';
import { SettlementComparison } from './settlement.comparison';
import { SettlementSumsRepository } from './settlement-sums.repository';
import { WaitingComparison } from './waiting.comparison';

/** The part of PaymentModule that compares with the gateway. */
export const RECONCILE = {
  entities: [ReconciliationRun],
  controllers: [ReconcileAdminController] as Type[],
  providers: [
    RunRepository,
    BeliefRepository,
    SettlementSumsRepository,
    PaymentCure,
    MandateCure,
    AttachedCure,
    OrderComparison,
    PaymentComparison,
    MandateComparison,
    RefundComparison,
    DisputeComparison,
    SettlementComparison,
    WaitingComparison,
    Reconciler,
    ReconcileWorker,
    ReconcileService,
    ReconcileJob,
  ] as Provider[],
};
