import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { DisabledReason } from '../endpoint/webhook-endpoint.entity';
import type { DueDelivery } from './delivery-queue.repository';
import type { EndpointDeliveryStatus } from './endpoint-delivery.entity';
import type { Streak } from './failing.rules';

export interface Standing {
  readonly accountId: number;
  readonly url: string;
  readonly description: string;
  readonly disabledAt: Date | null;
  readonly failingSince: Date | null;
  readonly failedAt: Date | null;
  readonly failedDeliveries: number;
}

const HOLD = statement(
  'endpoint-outcome.hold',
  `select account_id as "accountId", url, description, disabled_at as "disabledAt", failing_since as "failingSince",
      failed_at as "failedAt", failed_deliveries as "failedDeliveries"
    from webhook_endpoint where id = $1 for no key update`,
);
const SETTLE = statement(
  'endpoint-outcome.settle',
  `update endpoint_delivery set status = $3, run_at = $4, finished_at = $5, attempts = attempts + 1, tries = tries + 1
    where id = $1 and attempts = $2 and status = 'pending'`,
);
const ATTEMPT = statement(
  'endpoint-outcome.attempt',
  'insert into endpoint_attempt (delivery_id, status, error, ms, at) values ($1, $2, $3, $4, $5)',
);
const STREAK = statement(
  'endpoint-outcome.streak',
  'update webhook_endpoint set failing_since = $2, failed_at = $3, failed_deliveries = $4 where id = $1',
);
const DISABLE = statement(
  'endpoint-outcome.disable',
  `update webhook_endpoint set disabled_reason = $2, disabled_at = $3, due_at = null, updated_at = $3
    where id = $1 and disabled_at is null`,
);

/** What came of calls. Inside one transaction, which holds the endpoint. */
@Injectable()
export class DeliveryOutcomeRepository {
  constructor(private readonly database: Database) {}

  /** Undefined where the endpoint was removed. */
  hold(endpointId: number): Promise<Standing | undefined> {
    return this.database.first<Standing>(HOLD, [endpointId]);
  }

  /** False where another worker has written of it since it was read. */
  async settle(delivery: DueDelivery, status: EndpointDeliveryStatus, runAt: Date, now: Date): Promise<boolean> {
    const values = [delivery.id, delivery.attempts, status, runAt, status === 'pending' ? null : now];
    return (await this.database.execute(SETTLE, values)).affected > 0;
  }

  async log(
    deliveryId: number,
    { status, error, ms }: { status: number | null; error: string | null; ms: number },
    at: Date,
  ): Promise<void> {
    await this.database.execute(ATTEMPT, [deliveryId, status, error, ms, at]);
  }

  async keep(endpointId: number, streak: Streak | undefined): Promise<void> {
    const values = [endpointId, streak?.since ?? null, streak?.failedAt ?? null, streak?.deliveries ?? 0];
    await this.database.execute(STREAK, values);
  }

  /** False where it was disabled already. */
  async disable(endpointId: number, reason: DisabledReason, now: Date): Promise<boolean> {
    return (await this.database.execute(DISABLE, [endpointId, reason, now])).affected > 0;
  }
}
