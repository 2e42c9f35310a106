import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ApplyService } from '../apply/apply.service';
import { PaymentGateway } from '../gateway/payment-gateway';
import { PaymentRepository } from '../payment/payment.repository';
import type { MandateRow } from './mandate.repository';
import { asOfAnswer } from './mandate.state';

/** Asks the gateway how mandates stand. Outside of any unit of work; throws GatewayError. */
@Injectable()
export class MandateSync {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly applier: ApplyService,
    private readonly payments: PaymentRepository,
    private readonly clock: Clock,
  ) {}

  /** With all payments that we have not seen captured. */
  async sync(mandate: MandateRow): Promise<void> {
    const { id, gatewayId } = mandate;
    if (gatewayId === null) return;
    const captured = new Set((await this.payments.ofMandate(id)).filter(isSettled).map((payment) => payment.gatewayId));
    for (const invoice of await this.gateway.invoicesOf(gatewayId)) {
      const { paymentId } = invoice;
      if (paymentId === null || captured.has(paymentId)) continue;
      await this.applier.payment(await this.gateway.payment(paymentId), { mandateGatewayId: gatewayId, invoice });
    }
    await this.look(mandate);
  }

  /** With one payment, which was signed to be for it. */
  async confirm(mandate: MandateRow, paymentGatewayId: string): Promise<void> {
    const { gatewayId } = mandate;
    if (gatewayId === null) return;
    const payment = await this.gateway.payment(paymentGatewayId);
    const invoice = payment.invoiceId === null ? undefined : await this.gateway.invoice(payment.invoiceId);
    await this.applier.payment(payment, { mandateGatewayId: gatewayId, invoice });
    await this.look(mandate);
  }

  private async look({ gatewayId, snapshotAt }: MandateRow): Promise<void> {
    if (gatewayId === null) return;
    const asked = this.clock.now();
    const told = await this.gateway.subscription(gatewayId);
    await this.applier.mandate(told, asOfAnswer(asked, snapshotAt));
  }
}

function isSettled({ capturedAt, parked }: { capturedAt: Date | null; parked: string | null }): boolean {
  return capturedAt !== null && parked === null;
}
