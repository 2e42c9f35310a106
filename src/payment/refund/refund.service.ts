import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { DomainError, notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { RefundMaker } from './refund-maker';
import { nothingToRefund, refundKeyUsed } from './refund.errors';
import { RefundRepository } from './refund.repository';
import { roomOf } from './refund-room.rules';
import { RefundSettler } from './refund-settler';

export interface RefundRequest {
  /** Minor units; what is left of the payment, where absent. */
  readonly amount?: number;
  /** Up to 500 characters. */
  readonly reason: string;
  /** Names this refund, up to 64 characters: asked for again under it, it is the same one. */
  readonly key: string;
}

/** Pays back. */
@Injectable()
export class RefundService {
  private readonly logger = new Logger(RefundService.name);

  constructor(
    private readonly refunds: RefundRepository,
    private readonly maker: RefundMaker,
    private readonly settler: RefundSettler,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives the refund's id. Joins the running unit of work; `carryOut` tells the gateway. 404 for an unknown payment, 409
   * `nothing_to_refund` where that much is not left, `refund_key_used` where the key names another refund.
   */
  request(paymentId: number, { amount, reason, key }: RefundRequest): Promise<number> {
    return this.unitOfWork.run(async () => {
      const payment = await this.maker.lockPayment(paymentId);
      if (payment === undefined) throw notFound();
      const known = await this.refunds.byKey(key);
      if (known !== undefined) {
        if (known.paymentId !== paymentId || (amount ?? known.amount) !== known.amount) throw refundKeyUsed();
        return known.id;
      }
      const room = payment.capturedAt === null ? 0 : roomOf(payment, await this.refunds.ofPayment(paymentId));
      const wanted = amount ?? room;
      if (wanted <= 0 || wanted > room) throw nothingToRefund();
      const now = this.clock.now();
      return this.refunds.add({
        ...{ gatewayId: null, paymentId, amount: wanted, currency: payment.currency, status: 'requested' },
        ...{ refundKey: key, reason, createdAt: now, updatedAt: now },
      });
    });
  }

  /**
   * All that is left of a payment, once more where an earlier refund of this name came to nothing, under the key and a
   * number; undefined where nothing is left. The key is up to 56 characters, otherwise as `request`.
   */
  requestRest(paymentId: number, { reason, key }: Omit<RefundRequest, 'amount'>): Promise<number | undefined> {
    return this.unitOfWork.run(async () => {
      const payment = await this.maker.lockPayment(paymentId);
      if (payment === undefined) throw notFound();
      const refunds = await this.refunds.ofPayment(paymentId);
      const named = refunds.filter(({ refundKey }) => refundKey === key || refundKey?.startsWith(`${key}.`));
      const open = named.find(({ status }) => status === 'requested' || status === 'pending');
      if (open !== undefined) return open.id;
      if (payment.capturedAt === null || roomOf(payment, refunds) === 0) return undefined;
      return this.request(paymentId, { reason, key: named.length === 0 ? key : `${key}.${named.length + 1}` });
    });
  }

  /**
   * Asks the gateway for it, outside of any unit of work; repeatable, also after a crash: the money goes back once. False:
   * it can't be asked at the moment, and is later.
   */
  async carryOut(refundId: number): Promise<boolean> {
    try {
      await this.maker.make(refundId);
      return true;
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not_found') throw error;
      this.logger.warn(`Refund ${refundId} is not made yet: ${reasonOf(error)}`);
      return error.code === 'gateway_refused' && this.settler.settle(refundId);
    }
  }

  /** Asks for those that the gateway has not made since `before`, up to a number; gives how many are done. */
  async carryOutAll(before: Date, limit: number): Promise<number> {
    let done = 0;
    for (const { id } of await this.refunds.requested(before, limit)) if (await this.carryOut(id)) done++;
    return done;
  }
}

/** What the gateway said. */
function reasonOf({ cause, message }: Error): string {
  return cause instanceof Error ? cause.message : message;
}
