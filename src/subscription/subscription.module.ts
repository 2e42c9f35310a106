import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { MEMBERSHIP } from './membership/membership.providers';
import { MembershipService } from './membership/membership.service';
import { SubscriptionListener } from './subscription.listener';
import { TIER } from './tier/tier.providers';
import { TierService } from './tier/tier.service';

/** What creators sell, and who has access to it. */
@Module({
  imports: [TypeOrmModule.forFeature([...TIER.entities, ...MEMBERSHIP.entities]), AuthModule],
  controllers: [...TIER.controllers, ...MEMBERSHIP.controllers],
  providers: [...TIER.providers, ...MEMBERSHIP.providers, SubscriptionListener],
  exports: [TierService, MembershipService],
})
export class SubscriptionModule {}
