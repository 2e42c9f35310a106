import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PeriodicModule } from '../periodic/periodic.module';
import { BacklogMeter } from './backlog.meter';
import { DeferredInboxRepository } from './deferred-inbox.repository';
import { DeferredInboxService } from './deferred-inbox.service';
import { DeliveryAdminController } from './delivery.admin.controller';
import { DeliveryAdminService } from './delivery-admin.service';
import { DeliveryQueueRepository } from './delivery-queue.repository';
import { DeliverySearchRepository } from './delivery-search.repository';
import { DeliverySetRunner } from './delivery-set.runner';
import { DeliveryWindowService } from './delivery-window.service';
import { DeliveryWorker } from './delivery.worker';
import { InboxLimits } from './inbox-limits';
import { InboxRepository } from './inbox.repository';
import { InboxService } from './inbox.service';
import { RefusalMeter } from './refusal.meter';
import { RejectionLog } from './rejection.log';
import { RetentionJob } from './retention.job';
import { WebhookDelivery } from './webhook-delivery.entity';
import { WebhookDeliveryRun } from './webhook-delivery-run.entity';
import { WebhookSources } from './webhook-sources';

/** Incoming webhooks: who may send, what arrived, what came of it. */
@Global()
@Module({
  imports: [PeriodicModule, TypeOrmModule.forFeature([WebhookDelivery, WebhookDeliveryRun])],
  controllers: [DeliveryAdminController],
  providers: [
    WebhookSources,
    InboxRepository,
    InboxService,
    RejectionLog,
    RetentionJob,
    DeliverySearchRepository,
    DeliveryAdminService,
    DeliveryWindowService,
    InboxLimits,
    BacklogMeter,
    RefusalMeter,
    DeferredInboxRepository,
    DeferredInboxService,
    DeliveryQueueRepository,
    DeliverySetRunner,
    DeliveryWorker,
  ],
  exports: [WebhookSources, InboxService, DeferredInboxService, RejectionLog],
})
export class WebhookModule {}
