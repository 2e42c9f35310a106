import { Injectable } from '@nestjs/common';
import type { PaymentLink } from '../apply/applied';
import { CaptureService } from '../checkout/capture.service';
import { GatewayError } from '../gateway/gateway-error';
import { type GatewayPayment, type GatewayReconLine, PaymentGateway } from '../gateway/payment-gateway';
import type { RazorpayEvent, SettlementNotice, Snapshots } from './razorpay-event.rules';

/** What is to be applied of an event: its snapshots, and newer or further ones from the gateway. */
export interface Findings extends Omit<Snapshots, 'settlement' | 'invoice'> {
  readonly link: PaymentLink;
  readonly lines?: readonly GatewayReconLine[];
}

/** Whether a payment that is due may be captured, or only be looked at. */
export type Capturing = 'capture' | 'look';

const MOST_LINES = 1000;
/** Razorpay counts its days in India. */
const INDIA_MS = 5.5 * 3_600_000;

/** Asks the gateway what an event leaves open. Outside of any unit of work. */
@Injectable()
export class EventInquiry {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly captures: CaptureService,
  ) {}

  /** Throws where the gateway can't be asked at the moment. */
  async about({ family, snapshots }: RazorpayEvent, capturing: Capturing): Promise<Findings> {
    const { subscription, order, refund, dispute, settlement, ...known } = snapshots;
    const payment =
      family === 'authorized' ? await this.current(known.payment, capturing) : await this.paymentOf(snapshots);
    return {
      subscription,
      order,
      payment,
      // Of a payment that nobody knows, they are nobody's.
      refund: payment && refund,
      dispute: payment && dispute,
      link: payment === undefined ? {} : await this.linkOf(payment, snapshots),
      lines: settlement && (await this.linesOf(settlement)),
    };
  }

  /** The event is a snapshot: it may have been captured since, and if not it is on us to do that. */
  private async current(
    snapshot: GatewayPayment | undefined,
    capturing: Capturing,
  ): Promise<GatewayPayment | undefined> {
    if (snapshot === undefined) return undefined;
    const payment = await unlessRefused(() => this.gateway.payment(snapshot.id));
    // A payment that our account doesn't know is money all the same: it is kept as it was told.
    if (payment === undefined) return snapshot;
    return capturing === 'capture' ? this.captures.capture(payment) : payment;
  }

  /** A refund or a dispute is booked on its payment, so that has to be known first. */
  private async paymentOf({ payment, refund, dispute }: Snapshots): Promise<GatewayPayment | undefined> {
    const id = refund?.paymentId ?? dispute?.paymentId;
    if (payment !== undefined || id === undefined) return payment;
    return unlessRefused(() => this.gateway.payment(id));
  }

  private async linkOf(payment: GatewayPayment, { subscription, invoice }: Snapshots): Promise<PaymentLink> {
    const { invoiceId } = payment;
    const found =
      invoice ?? (invoiceId === null ? undefined : await unlessRefused(() => this.gateway.invoice(invoiceId)));
    return { mandateGatewayId: subscription?.id ?? found?.subscriptionId ?? undefined, invoice: found };
  }

  /** The report of the day on which it was paid out. */
  private async linesOf({ id, createdAt }: SettlementNotice): Promise<GatewayReconLine[]> {
    const day = new Date(createdAt.getTime() + INDIA_MS);
    const date = { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
    const lines: GatewayReconLine[] = [];
    for (let skip = 0; ; skip += MOST_LINES) {
      const page = await this.gateway.reconLines({ ...date, count: MOST_LINES, skip });
      lines.push(...page.filter(({ settlementId }) => settlementId === id));
      if (page.length < MOST_LINES) return lines;
    }
  }
}

/** Undefined where the gateway says no: it knows no such thing. */
async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GatewayError && error.kind === 'refused') return undefined;
    throw error;
  }
}
