import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { UnitOfWork } from '../../infra/database/unit-of-work';

/** What is paid for: an order, or a mandate. Ids are ours. */
export interface PaidFor {
  readonly orderId: number | null;
  readonly mandateId: number | null;
}

const BIND_ORDER = statement(
  'payer.bind-order',
  'update payment_order set payer_id = $2 where id = $1 and payer_id is null',
);
const BIND_MANDATE = statement(
  'payer.bind-mandate',
  'update mandate set payer_id = $2 where id = $1 and payer_id is null',
);
// What pays for nothing of ours is nobody's.
const OWN = '(order_id = $1 or mandate_id = $2) and purpose is not null';
const BIND_PAYMENTS = statement(
  'payer.bind-payments',
  `update payment set payer_id = $3 where ${OWN} and payer_id is null`,
);
const CAPTURED = statement(
  'payer.captured',
  `select id from payment where ${OWN} and captured_at is not null order by id`,
);

/** Payers that become known after they have paid, as guests do. */
@Injectable()
export class PayerService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** What has a payer keeps it. Repeatable; joins the running unit of work. */
  async bind({ orderId, mandateId }: PaidFor, accountId: number): Promise<void> {
    // The order before its payments, as everywhere.
    await this.unitOfWork.run(async () => {
      if (orderId !== null) await this.database.execute(BIND_ORDER, [orderId, accountId]);
      if (mandateId !== null) await this.database.execute(BIND_MANDATE, [mandateId, accountId]);
      await this.database.execute(BIND_PAYMENTS, [orderId, mandateId, accountId]);
    });
  }

  /** Our ids of the payments that have come in for it, oldest first. */
  async captured({ orderId, mandateId }: PaidFor): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(CAPTURED, [orderId, mandateId])).map(({ id }) => id);
  }
}
