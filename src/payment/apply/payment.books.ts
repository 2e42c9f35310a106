import { Injectable } from '@nestjs/common';
import { DisputeRepository, type DisputeRow } from '../dispute/dispute.repository';
import { type DisputeMove, withheld } from '../dispute/dispute.rules';
import {
  assignEntries,
  captureEntries,
  disputeEntries,
  type Entry,
  feeEntries,
  refundEntries,
} from '../ledger/ledger.rules';
import type { BookedPayment } from '../ledger/ledger.repository';
import { LedgerService } from '../ledger/ledger.service';
import type { PaymentRow } from '../payment/payment.repository';
import type { RefundRow } from '../refund/refund.repository';
import { totalOf } from '../refund/refund.rules';

interface Occasion {
  readonly kind: string;
  /** What the booking is for; a source is its kind and this. */
  readonly name: string;
  readonly currency: string;
  readonly occurredAt: Date;
  readonly payment: BookedPayment;
}

/** The ledger's side of payments and refunds; what was booked before is not booked again. */
@Injectable()
export class PaymentBooks {
  constructor(
    private readonly ledger: LedgerService,
    private readonly disputes: DisputeRepository,
  ) {}

  /** The money has come in, to the payee or to be parked; with the fee where it is known. */
  async capture(payment: PaymentRow): Promise<void> {
    const { amount, payeeId } = payment;
    await this.book(occasion('capture', payment), captureEntries({ amount, payeeId, fee: feeOf(payment) }));
  }

  /** The fee of what had been booked without it. */
  async fee(payment: PaymentRow): Promise<void> {
    const fee = feeOf(payment);
    if (fee !== undefined) await this.book(occasion('fee', payment), feeEntries(fee));
  }

  /** Parked money is the payee's: what has gone back since, or is disputed, is not among it. */
  async assign(payment: PaymentRow, payeeId: number, refunds: readonly RefundRow[]): Promise<void> {
    const disputes = await this.disputes.ofPayment(payment.id);
    const gone = totalOf(refunds) + disputes.reduce((total, dispute) => total + withheld(dispute), 0);
    await this.book(
      occasion('assign', { ...payment, payeeId }),
      assignEntries({ amount: payment.amount - gone, payeeId }),
    );
  }

  async refund({ gatewayId, amount, currency, createdAt }: RefundRow, payment: PaymentRow): Promise<void> {
    const refunded = { kind: 'refund', name: gatewayId ?? '', currency, occurredAt: createdAt, payment };
    await this.book(refunded, refundEntries({ amount, payeeId: payment.payeeId }));
  }

  async dispute(
    { gatewayId, currency, createdAt, amountDeducted }: DisputeRow,
    moves: readonly DisputeMove[],
    payment: PaymentRow,
  ): Promise<void> {
    for (const { step, amount } of moves) {
      // The gateway may take more later on.
      const name = step === 'deduct' ? `${gatewayId}:${amountDeducted}` : gatewayId;
      const moved = { kind: `dispute-${step}`, name, currency, occurredAt: createdAt, payment };
      await this.book(moved, disputeEntries(step, { amount, payeeId: payment.payeeId }));
    }
  }

  /** Nothing where there is nothing to be moved. */
  private async book({ name, payment, ...occasion }: Occasion, entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    const { id, payeeId } = payment;
    await this.ledger.book({ ...occasion, source: `${occasion.kind}:${name}`, payment: { id, payeeId }, entries });
  }
}

function occasion(kind: string, payment: PaymentRow): Occasion {
  const { gatewayId, currency, gatewayCreatedAt } = payment;
  return { kind, name: gatewayId, currency, occurredAt: gatewayCreatedAt, payment };
}

function feeOf({ fee, tax }: PaymentRow): { fee: number; tax: number } | undefined {
  return fee === null ? undefined : { fee, tax: tax ?? 0 };
}
