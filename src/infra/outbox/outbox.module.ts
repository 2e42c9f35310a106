import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PeriodicModule } from '../periodic/periodic.module';
import { FactListeners } from './fact-listeners';
import { OutboxDelivery } from './outbox-delivery.entity';
import { OutboxDispatcher } from './outbox.dispatcher';
import { OutboxRepository } from './outbox.repository';
import { OutboxService } from './outbox.service';

@Global()
@Module({
  imports: [DiscoveryModule, PeriodicModule, TypeOrmModule.forFeature([OutboxDelivery])],
  providers: [FactListeners, OutboxRepository, OutboxDispatcher, OutboxService],
  exports: [OutboxService],
})
export class OutboxModule {}
