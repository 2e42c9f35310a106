import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AuthModule } from './auth/auth.module';
import { CommissionModule } from './commission/commission.module';
import { GuestCommissionService } from './commission/order/guest-commission.service';
import type { Clock } from './common/clock';
import { ContentModule } from './content/content.module';
import { CourseSaleService } from './enrollment-webhook/course/course-sale.service';
import { EnrollmentWebhookModule } from './enrollment-webhook/enrollment-webhook.module';
import { FeedModule } from './feed/feed.module';
import { ConfigModule } from './infra/config/config.module';
import type { Settings } from './infra/config/settings';
import { CryptoModule } from './infra/crypto/crypto.module';
import { DatabaseModule } from './infra/database/database.module';
import { DocsModule } from './infra/docs/docs.module';
import { HealthModule } from './infra/health/health.module';
import { HttpModule } from './infra/http/http.module';
import { MailModule } from './infra/mail/mail.module';
import { OutboundModule } from './infra/outbound/outbound.module';
import { OutboxModule } from './infra/outbox/outbox.module';
import { RateLimitModule } from './infra/rate-limit/rate-limit.module';
import { StorageModule } from './infra/storage/storage.module';
import { WebhookModule } from './infra/webhook/webhook.module';
import { NotificationModule } from './notification/notification.module';
import { PaymentModule } from './payment/payment.module';
import { PluginUserModule } from './plugin-user/plugin-user.module';
import { GuestGoods } from './subscription/guest/guest-goods.service';
import { SubscriptionModule } from './subscription/subscription.module';
import { CourseSales } from './subscription/tier/course-sales.service';
import { WebhookEndpointModule } from './webhook-endpoint/webhook-endpoint.module';

/** What modules ask of those that they may not import. */
@Global()
@Module({
  imports: [EnrollmentWebhookModule, CommissionModule],
  providers: [
    { provide: CourseSales, useExisting: CourseSaleService },
    { provide: GuestGoods, useExisting: GuestCommissionService },
  ],
  exports: [CourseSales, GuestGoods],
})
class PortModule {}

/** The wiring diagram: the one file that names every module. */
@Module({})
export class AppModule {
  static forRoot(settings: Settings, clock: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(settings, clock),
        HttpModule,
        RateLimitModule.forRoot(settings),
        DatabaseModule,
        CryptoModule,
        OutboxModule,
        OutboundModule,
        StorageModule,
        MailModule.forRoot(settings),
        HealthModule,
        DocsModule,
        WebhookModule,
        PluginUserModule,
        AuthModule,
        PaymentModule,
        SubscriptionModule,
        ContentModule,
        CommissionModule,
        EnrollmentWebhookModule,
        WebhookEndpointModule,
        NotificationModule,
        FeedModule,
        PortModule,
      ],
    };
  }
}
