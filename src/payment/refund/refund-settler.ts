import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { ApplyService } from '../apply/apply.service';
import { GatewayError } from '../gateway/gateway-error';
import { PaymentGateway } from '../gateway/payment-gateway';
import { PaymentRepository } from '../payment/payment.repository';
import { RefundMaker } from './refund-maker';
import { RefundRepository } from './refund.repository';
import { roomOf } from './refund-room.rules';

/** What becomes of refunds that the gateway refuses. */
@Injectable()
export class RefundSettler {
  constructor(
    private readonly refunds: RefundRepository,
    private readonly payments: PaymentRepository,
    private readonly maker: RefundMaker,
    private readonly gateway: PaymentGateway,
    private readonly applier: ApplyService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * After a refusal: asks how the payment stands. A refund that there is no money left for has failed (true); another may
   * go through later, when the gateway holds enough of ours.
   */
  async settle(refundId: number): Promise<boolean> {
    const { paymentId, gatewayId } = await this.maker.known(refundId);
    try {
      await this.applier.payment(await this.gateway.payment(gatewayId));
      for (const refund of await this.gateway.refundsOf(gatewayId)) await this.applier.refund(refund);
    } catch (error) {
      if (error instanceof GatewayError) return false;
      throw error;
    }
    return this.unitOfWork.run(async () => {
      const [held, payment] = [await this.maker.lock(refundId), await this.payments.byId(paymentId)];
      if (held?.status !== 'requested' || payment === undefined) return true;
      const others = (await this.refunds.ofPayment(paymentId)).filter(({ id }) => id !== refundId);
      const isOver = held.amount > roomOf(payment, others);
      await this.refunds.change(refundId, { ...(isOver && { status: 'failed' }), updatedAt: this.clock.now() });
      return isOver;
    });
  }
}
