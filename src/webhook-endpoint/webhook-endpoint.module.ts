import { Module, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { IdempotencyModule } from '../infra/idempotency/idempotency.module';
import { DeliveryController } from './deliver/delivery.controller';
import { DeliveryLogJob } from './deliver/delivery-log.job';
import { DeliveryLogRepository } from './deliver/delivery-log.repository';
import { DeliveryOutcome } from './deliver/delivery-outcome';
import { DeliveryOutcomeRepository } from './deliver/delivery-outcome.repository';
import { DeliveryQueueRepository } from './deliver/delivery-queue.repository';
import { DeliveryService } from './deliver/delivery.service';
import { DeliveryWorker } from './deliver/delivery.worker';
import { EndpointAttempt } from './deliver/endpoint-attempt.entity';
import { EndpointDelivery } from './deliver/endpoint-delivery.entity';
import { EndpointCaller } from './deliver/endpoint.caller';
import { EndpointController } from './endpoint/endpoint.controller';
import { EndpointRepository } from './endpoint/endpoint.repository';
import { EndpointService } from './endpoint/endpoint.service';
import { EndpointSecretBox } from './endpoint/endpoint-secret.box';
import { EndpointTestService } from './endpoint/endpoint-test.service';
import { WebhookEndpoint } from './endpoint/webhook-endpoint.entity';
import { EventTypeController } from './event/event-type.controller';
import { EndpointAccountListener } from './listen/account.listener';
import { CommissionEventListener } from './listen/commission-event.listener';
import { ContentEventListener } from './listen/content-event.listener';
import { EventPersonRepository } from './listen/event-person.repository';
import { EventPersonService } from './listen/event-person.service';
import { EventWriter } from './listen/event.writer';
import { MoneyEventListener } from './listen/money-event.listener';
import { PluginEventListener } from './listen/plugin-event.listener';

const endpoint: Provider[] = [EndpointRepository, EndpointSecretBox, EndpointService, EndpointTestService];
const deliver: Provider[] = [
  DeliveryQueueRepository,
  DeliveryOutcomeRepository,
  DeliveryOutcome,
  EndpointCaller,
  DeliveryWorker,
  DeliveryLogRepository,
  DeliveryLogJob,
  DeliveryService,
];
const listen: Provider[] = [
  EventPersonRepository,
  EventPersonService,
  EventWriter,
  ContentEventListener,
  MoneyEventListener,
  CommissionEventListener,
  PluginEventListener,
  EndpointAccountListener,
];

/** What happens to somebody, told to URLs of their own in the format of Standard Webhooks. It listens to facts. */
@Module({
  imports: [
    TypeOrmModule.forFeature([WebhookEndpoint, EndpointDelivery, EndpointAttempt]),
    AuthModule,
    IdempotencyModule,
  ],
  controllers: [EventTypeController, EndpointController, DeliveryController],
  providers: [...endpoint, ...deliver, ...listen],
})
export class WebhookEndpointModule {}
