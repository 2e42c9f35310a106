import { Module, type Provider, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { IdempotencyModule } from '../infra/idempotency/idempotency.module';
import { PaymentModule } from '../payment/payment.module';
import { BANK_DETAILS } from './bank-details/bank-details.providers';
import { CHANGE } from './change/change.providers';
import { GUEST } from './guest/guest.providers';
import { MEMBERSHIP } from './membership/membership.providers';
import { MembershipService } from './membership/membership.service';
import { PURCHASE } from './purchase/purchase.providers';
import { SubscriptionListener } from './subscription.listener';
import { TIER } from './tier/tier.providers';
import { TierService } from './tier/tier.service';
import { TIP } from './tip/tip.providers';

interface Part {
  readonly entities: Type[];
  readonly controllers: Type[];
  readonly providers: Provider[];
}

const PARTS: readonly Part[] = [TIER, MEMBERSHIP, PURCHASE, CHANGE, TIP, GUEST, BANK_DETAILS];

/** What creators sell, and who has access to it. */
@Module({
  imports: [
    TypeOrmModule.forFeature(PARTS.flatMap(({ entities }) => entities)),
    AuthModule,
    PaymentModule,
    IdempotencyModule,
  ],
  controllers: PARTS.flatMap(({ controllers }) => controllers),
  providers: [...PARTS.flatMap(({ providers }) => providers), SubscriptionListener],
  exports: [TierService, MembershipService],
})
export class SubscriptionModule {}
