import { Injectable, Logger } from '@nestjs/common';
import { ApplyService } from '../apply/apply.service';
import { GatewayError } from '../gateway/gateway-error';
import { isRefused } from '../gateway-faults';
import { type GatewayPayment, PaymentGateway } from '../gateway/payment-gateway';
import type { AssignRequest } from './dto/parked.request';
import { type HeldRow, type ParkedRecord, ParkedRepository } from './parked.repository';
import { ParkedService } from './parked.service';

/**
 * Takes what a payer's bank holds once an administrator has said whose it is: what nobody takes goes back after some
 * days. Outside of any unit of work; repeatable.
 */
@Injectable()
export class AssignedCapture {
  private readonly logger = new Logger(AssignedCapture.name);

  constructor(
    private readonly service: ParkedService,
    private readonly parked: ParkedRepository,
    private readonly gateway: PaymentGateway,
    private readonly applier: ApplyService,
  ) {}

  /** Gives it to a creator, and takes it where that is due; what can't be taken at the moment is taken later. */
  async assign(paymentId: number, request: AssignRequest, assignedBy: number): Promise<ParkedRecord> {
    const record = await this.service.assign(paymentId, request, assignedBy);
    if (record.status !== 'authorized') return record;
    await this.take(record);
    return (await this.parked.byId(paymentId)) ?? record;
  }

  /** What is left of that, up to a number. */
  async takeAll(limit: number): Promise<void> {
    for (const held of await this.parked.held(limit)) await this.take(held);
  }

  private async take({ gatewayId }: HeldRow): Promise<void> {
    try {
      const payment = await this.gateway.payment(gatewayId);
      await this.applier.payment(payment.status === 'authorized' ? await this.captured(payment) : payment);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`Payment ${gatewayId} is not captured yet: ${error.message}`);
    }
  }

  /** Refused, it may have gone back or been taken meanwhile. */
  private async captured(payment: GatewayPayment): Promise<GatewayPayment> {
    const { id, amount, currency } = payment;
    try {
      return await this.gateway.capture(id, { amount, currency });
    } catch (error) {
      if (!isRefused(error)) throw error;
      this.logger.warn(`Payment ${id} is not captured: ${String(error)}`);
      return this.gateway.payment(id);
    }
  }
}
