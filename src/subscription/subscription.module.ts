import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { MEMBERSHIP } from './membership/membership.providers';
import { TIER } from './tier/tier.providers';

/** What creators sell, and who has access to it. */
@Module({
  imports: [TypeOrmModule.forFeature([...TIER.entities, ...MEMBERSHIP.entities]), AuthModule],
  controllers: [...TIER.controllers, ...MEMBERSHIP.controllers],
  providers: [...TIER.providers, ...MEMBERSHIP.providers],
})
export class SubscriptionModule {}
