import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error';
import { RefundService } from '../../payment/refund/refund.service';

/** Gives money back that came in for nothing. Outside of any unit of work; repeatable. */
@Injectable()
export class PayBack {
  constructor(private readonly refunds: RefundService) {}

  /** All that is left of a payment, by our id of it. */
  async all(paymentId: number, reason: string): Promise<void> {
    try {
      const refund = await this.refunds.request(paymentId, { reason, key: `after-end-${paymentId}` });
      await this.refunds.carryOut(refund);
    } catch (error) {
      // Somebody has paid it back in the meantime.
      if (!(error instanceof DomainError) || error.code !== 'nothing_to_refund') throw error;
    }
  }
}
