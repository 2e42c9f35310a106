import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DeliveryAdminController } from './delivery.admin.controller';
import { DeliveryAdminService } from './delivery-admin.service';
import { DeliverySearchRepository } from './delivery-search.repository';
import { InboxRepository } from './inbox.repository';
import { InboxService } from './inbox.service';
import { RejectionLog } from './rejection.log';
import { RetentionJob } from './retention.job';
import { WebhookDelivery } from './webhook-delivery.entity';
import { WebhookDeliveryRun } from './webhook-delivery-run.entity';
import { WebhookSources } from './webhook-sources';

/** Incoming webhooks: who may send, what arrived, what came of it. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([WebhookDelivery, WebhookDeliveryRun])],
  controllers: [DeliveryAdminController],
  providers: [
    WebhookSources,
    InboxRepository,
    InboxService,
    RejectionLog,
    RetentionJob,
    DeliverySearchRepository,
    DeliveryAdminService,
  ],
  exports: [WebhookSources, InboxService, RejectionLog],
})
export class WebhookModule {}
