import { Injectable } from '@nestjs/common';
import type { PaymentLink } from '../apply/applied';
import { CaptureService } from '../checkout/capture.service';
import { linkOf, unlessRefused } from '../gateway/gateway-questions';
import { indianDayOf } from '../gateway/india.rules';
import { type GatewayPayment, type GatewayReconLine, PaymentGateway } from '../gateway/payment-gateway';
import { TokenFinder } from './token.finder';
import type { RazorpayEvent, SettlementNotice, Snapshots } from './razorpay-event.rules';

/** What is to be applied of an event: its snapshots, and newer or further ones from the gateway. */
export interface Findings extends Omit<Snapshots, 'settlement' | 'invoice'> {
  readonly link: PaymentLink;
  readonly lines?: readonly GatewayReconLine[];
}

/** Whether a payment that is due may be captured, or only be looked at. */
export type Capturing = 'capture' | 'look';

const MOST_LINES = 1000;

/** Whether an event tells all of itself, so that the gateway need not be asked: most of those of orders do. */
export function isComplete({ family, snapshots }: RazorpayEvent): boolean {
  if (family !== 'payment' && family !== 'order') return false;
  const { payment, invoice, refund, dispute } = snapshots;
  if (refund !== undefined || dispute !== undefined) return false;
  return payment === undefined || (payment.captured && (payment.invoiceId === null || invoice !== undefined));
}

/** Asks the gateway what an event leaves open. Outside of any unit of work. */
@Injectable()
export class EventInquiry {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly captures: CaptureService,
    private readonly tokens: TokenFinder,
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
    const link = await linkOf(this.gateway, payment, { mandateGatewayId: subscription?.id, invoice });
    return link.mandateGatewayId === undefined
      ? { ...link, mandateGatewayId: await this.tokens.mandateOf(payment) }
      : link;
  }

  /** The report of the day on which it was paid out. */
  private async linesOf({ id, createdAt }: SettlementNotice): Promise<GatewayReconLine[]> {
    const date = indianDayOf(createdAt);
    const lines: GatewayReconLine[] = [];
    for (let skip = 0; ; skip += MOST_LINES) {
      const page = await this.gateway.reconLines({ ...date, count: MOST_LINES, skip });
      lines.push(...page.items.filter(({ settlementId }) => settlementId === id));
      if (page.size < MOST_LINES) return lines;
    }
  }
}
