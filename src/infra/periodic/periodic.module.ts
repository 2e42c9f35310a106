import { Module } from '@nestjs/common';
import { WaitingCalls } from './waiting-calls';

/** What workers and jobs share. */
@Module({ providers: [WaitingCalls], exports: [WaitingCalls] })
export class PeriodicModule {}
