import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { IdempotencyModule } from '../infra/idempotency/idempotency.module';
import { BANK_DETAILS } from './bank-details/bank-details.providers';
import { MEMBERSHIP } from './membership/membership.providers';
import { MembershipService } from './membership/membership.service';
import { SubscriptionListener } from './subscription.listener';
import { TIER } from './tier/tier.providers';
import { TierService } from './tier/tier.service';

/** What creators sell, and who has access to it. */
@Module({
  imports: [
    TypeOrmModule.forFeature([...TIER.entities, ...MEMBERSHIP.entities, ...BANK_DETAILS.entities]),
    AuthModule,
    IdempotencyModule,
  ],
  controllers: [...TIER.controllers, ...MEMBERSHIP.controllers, ...BANK_DETAILS.controllers],
  providers: [...TIER.providers, ...MEMBERSHIP.providers, ...BANK_DETAILS.providers, SubscriptionListener],
  exports: [TierService, MembershipService],
})
export class SubscriptionModule {}
