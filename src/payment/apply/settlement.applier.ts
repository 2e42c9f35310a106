import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { GatewayReconLine } from '../gateway/payment-gateway';
import { settlementEntries } from '../ledger/ledger.rules';
import { LedgerService } from '../ledger/ledger.service';
import { PaymentRepository, type PaymentRow } from '../payment/payment.repository';
import { SettlementRepository, type SettlementRow } from '../settlement/settlement.repository';
import { adjusted, bySettlement, netOf, type SettledLine } from '../settlement/settlement.rules';
import type { Applied } from './applied';
import { PaymentBooks } from './payment.books';

/** Settlements, line by line as the gateway reports them, in whatever portions. Only inside a unit of work. */
@Injectable()
export class SettlementApplier {
  constructor(
    private readonly settlements: SettlementRepository,
    private readonly payments: PaymentRepository,
    private readonly ledger: LedgerService,
    private readonly books: PaymentBooks,
    private readonly clock: Clock,
  ) {}

  async apply(lines: readonly GatewayReconLine[]): Promise<Applied> {
    let changed = false;
    const settled = bySettlement(lines);
    // Whatever is locked is locked in one order: payments, settlements, balances.
    const charged = await this.withFees(settled.flat());
    for (const portion of settled) {
      const isNews = await this.settle(portion);
      changed ||= isNews;
    }
    for (const payment of charged) await this.books.fee(payment);
    return { changed: changed || charged.length > 0, paymentId: null };
  }

  /** The lines of one settlement that are not booked yet. */
  private async settle(lines: readonly SettledLine[]): Promise<boolean> {
    const [first] = lines;
    if (first === undefined) return false;
    const now = this.clock.now();
    const { settlementId: gatewayId, settlementUtr: utr, settledAt, currency } = first;
    const settlement = await this.settlements.claim({ gatewayId, currency, utr, settledAt }, now);
    const known = await this.settlements.settled(lines.map(({ entityId }) => entityId));
    const news = lines.filter(({ entityId }) => !known.has(entityId));
    if (news.length === 0) return false;
    const portion = await this.settlements.countLines(settlement.id);
    await this.settlements.addLines(
      news.map((line) => ({
        settlementId: settlement.id,
        entityId: line.entityId,
        type: line.type,
        amount: netOf([line]),
        createdAt: now,
      })),
    );
    await this.settlements.grow(settlement.id, netOf(news), utr, now);
    await this.book(settlement, news, portion);
    return true;
  }

  /** `portion`: how many lines were booked before; a settlement may be told in several. */
  private async book(settlement: SettlementRow, lines: readonly SettledLine[], portion: number): Promise<void> {
    const disputed = await this.payments.disputed(lines.flatMap(({ paymentId }) => paymentId ?? []));
    const entries = settlementEntries({ amount: netOf(lines), adjustments: netOf(adjusted(lines, disputed)) });
    if (entries.length === 0) return;
    const source = `settlement:${settlement.gatewayId}${portion === 0 ? '' : `:${portion}`}`;
    const { currency, settledAt: occurredAt } = settlement;
    await this.ledger.book({ kind: 'settlement', source, currency, occurredAt, entries });
  }

  /** Captured payments whose fee we did not know, with it. */
  private async withFees(lines: readonly SettledLine[]): Promise<PaymentRow[]> {
    const fees = new Map(lines.filter(({ type }) => type === 'payment').map((line) => [line.entityId, line]));
    if (fees.size === 0) return [];
    const payments = await this.payments.lockWithoutFee([...fees.keys()]);
    const charged = payments.map((payment) => {
      const { fee = 0, tax = 0 } = fees.get(payment.gatewayId) ?? {};
      return { ...payment, fee, tax };
    });
    for (const payment of charged) await this.payments.store(payment, this.clock.now());
    return charged;
  }
}
