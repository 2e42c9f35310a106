import { Global, Module } from '@nestjs/common';
import { ShutdownService } from '../health/shutdown.service';
import { CorsPolicies } from './cors';

@Global()
@Module({ providers: [CorsPolicies, ShutdownService], exports: [CorsPolicies, ShutdownService] })
export class HttpModule {}
