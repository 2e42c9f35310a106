import { Global, Module } from '@nestjs/common';
import { type Clock, SystemClock } from '../../../src/common/clock';
import { IdempotencyService } from '../../../src/infra/idempotency/idempotency.service';
import { WebhookModule } from '../../../src/infra/webhook/webhook.module';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

/** In place of the module, which stands behind HTTP: nobody calls a route here. */
@Global()
@Module({
  providers: [{ provide: IdempotencyService, useValue: {} }],
  exports: [IdempotencyService],
})
class NoKeys {}

/** The inbox alone. */
export function startInbox(clock: Clock = new SystemClock()): Promise<TestDatabase> {
  return startTestDatabase({ imports: [NoKeys, WebhookModule] }, {}, clock);
}
