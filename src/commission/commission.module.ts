import { Module, type Provider, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module';
import { ContentModule } from '../content/content.module';
import { IdempotencyModule } from '../infra/idempotency/idempotency.module';
import { PaymentModule } from '../payment/payment.module';
import { CommissionListener } from './commission.listener';
import { OFFER } from './offer/offer.providers';
import { GuestCommissionService } from './order/guest-commission.service';
import { ORDER } from './order/order.providers';

interface Part {
  readonly entities: Type[];
  readonly controllers: Type[];
  readonly providers: Provider[];
}

const PARTS: readonly Part[] = [OFFER, ORDER];

/** Work that creators do for one buyer at a time, and how it is paid. */
@Module({
  imports: [
    TypeOrmModule.forFeature(PARTS.flatMap(({ entities }) => entities)),
    AuthModule,
    PaymentModule,
    ContentModule,
    IdempotencyModule,
  ],
  controllers: PARTS.flatMap(({ controllers }) => controllers),
  providers: [...PARTS.flatMap(({ providers }) => providers), CommissionListener],
  exports: [GuestCommissionService],
})
export class CommissionModule {}
