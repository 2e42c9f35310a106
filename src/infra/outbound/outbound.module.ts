import { Global, Module } from '@nestjs/common';
import { OutboundClient } from './outbound-client';

/** The way out to servers that others have chosen. */
@Global()
@Module({ providers: [OutboundClient], exports: [OutboundClient] })
export class OutboundModule {}
