import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { PaymentService } from '../../payment/payment/payment.service';
import { TipReceived } from '../events/tip-received.event';
import type { TipStatus } from './tip.entity';
import { TipRepository, type TipRow } from './tip.repository';

/** Brings tips in line with their payments, whoever asks for it and however often. */
@Injectable()
export class TipSettler {
  constructor(
    private readonly tips: TipRepository,
    private readonly payments: PaymentService,
    private readonly outbox: OutboxService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** `words`: what the payer writes with it. Undefined where there is no such tip. */
  settle(id: number, words: Partial<TipRow> = {}): Promise<TipRow | undefined> {
    return this.unitOfWork.run(async () => {
      const known = await this.tips.lock(id);
      if (known === undefined || known.orderId === null) return known;
      const { paidAt, refundedAt, payeeId } = await this.payments.ofOrder(known.orderId);
      const isPaid = paidAt !== null && payeeId !== null;
      const status = statusOf(known, { isPaid, isRefunded: refundedAt !== null });
      const { id: _, ...columns } = {
        ...known,
        ...words,
        status,
        paidAt,
        creatorId: payeeId ?? known.creatorId,
        updatedAt: this.clock.now(),
      };
      await this.tips.change(id, columns);
      const tip = { ...columns, id };
      if (known.status === 'pending' && tip.status === 'paid') await this.tell(tip);
      return tip;
    });
  }

  /** What is paid for it from now on goes back. Of one that is not paid; repeatable. */
  async lapse(orderId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const tip = await this.tips.lockByOrder(orderId);
      if (tip?.status !== 'pending') return;
      await this.tips.change(tip.id, { status: 'lapsed', updatedAt: this.clock.now() });
    });
  }

  private async tell({ id, creatorId, accountId, anonymous, amount, currency, paidAt }: TipRow): Promise<void> {
    if (creatorId === null || paidAt === null) return;
    const payer = anonymous ? null : accountId;
    const at = paidAt.toISOString();
    await this.outbox.publish(
      new TipReceived({ tip_id: id, creator_id: creatorId, account_id: payer, amount, currency, at }),
    );
  }
}

function statusOf({ status }: TipRow, payment: { isPaid: boolean; isRefunded: boolean }): TipStatus {
  if (payment.isPaid && payment.isRefunded) return 'refunded';
  if (status === 'lapsed') return 'lapsed';
  return payment.isPaid ? 'paid' : 'pending';
}
