import { Injectable } from '@nestjs/common';
import { ApplyService } from '../apply/apply.service';
import { unlessRefused } from '../gateway/gateway-questions';
import { indianDayOf, startOfIndianDay } from '../gateway/india.rules';
import { type GatewayReconLine, PaymentGateway } from '../gateway/payment-gateway';
import { bySettlement, netOf, type SettledLine } from '../settlement/settlement.rules';
import { AttachedCure } from './attached.cure';
import { BeliefRepository } from './belief.repository';
import type { Comparison } from './comparison';
import { PaymentCure } from './payment.cure';
import type { RunBook } from './run-book';
import { SettlementSumsRepository } from './settlement-sums.repository';

const DAY_MS = 86_400_000;
const PAGE = 1000;

/** What a day's settlements come to at the gateway, in minor units, by their ids. */
type Sums = Map<string, number>;

/** Settlements, day by day of the gateway's report; a day is compared as a whole. */
@Injectable()
export class SettlementComparison implements Comparison {
  readonly stage = 'settlements';

  constructor(
    private readonly gateway: PaymentGateway,
    private readonly applying: ApplyService,
    private readonly paymentCure: PaymentCure,
    private readonly attached: AttachedCure,
    private readonly beliefs: BeliefRepository,
    private readonly sums: SettlementSumsRepository,
  ) {}

  async step(book: RunBook, cursor: unknown): Promise<string | undefined> {
    const day = typeof cursor === 'string' ? new Date(cursor) : startOfIndianDay(book.window.from);
    const next = new Date(day.getTime() + DAY_MS);
    const known = new Set((await this.sums.settledBetween(day, next)).map(({ gatewayId }) => gatewayId));
    await this.check(book, day, await this.lines(book, day, known));
    return next > book.window.to ? undefined : next.toISOString();
  }

  private async lines(book: RunBook, day: Date, known: Set<string>): Promise<Sums> {
    const sums: Sums = new Map();
    for (let skip = 0; ; skip += PAGE) {
      const { items, odd, size } = await this.gateway.reconLines({ ...indianDayOf(day), count: PAGE, skip });
      for (const [i, { id, fault }] of odd.entries()) {
        book.note('malformed', `line of ${id ?? `${day.toISOString()} ${skip + i}`}: ${fault}`);
      }
      await this.compareEntities(book, items);
      for (const lines of bySettlement(items)) await this.compare(book, lines, known, sums);
      if (size < PAGE) return sums;
    }
  }

  private async compare(book: RunBook, lines: readonly SettledLine[], known: Set<string>, sums: Sums): Promise<void> {
    const id = lines[0]?.settlementId ?? '';
    sums.set(id, (sums.get(id) ?? 0) + netOf(lines));
    await book.attend(id, async () => {
      const isKnown = known.has(id);
      await book.cure(id, async () => {
        const { changed } = await this.applying.settlement(lines);
        if (!changed) return undefined;
        return isKnown ? 'settlement_behind' : 'settlement_missing';
      });
      known.add(id);
    });
  }

  /** What was paid out has been paid: payments and refunds from before the window may be among it. */
  private async compareEntities(book: RunBook, lines: readonly GatewayReconLine[]): Promise<void> {
    for (const { entityId } of await this.unknown('payment', lines)) {
      await book.attend(entityId, async () => {
        const payment = await unlessRefused(() => this.gateway.payment(entityId));
        if (payment !== undefined) await this.paymentCure.compare(book, payment);
      });
    }
    for (const { entityId, paymentId } of await this.unknown('refund', lines)) {
      const belief = { id: 0, gatewayId: entityId, at: book.startedAt, paymentGatewayId: paymentId ?? '' };
      await book.attend(entityId, async () => void (await this.attached.lookAtRefund(book, belief)));
    }
  }

  private async unknown(type: 'payment' | 'refund', lines: readonly GatewayReconLine[]): Promise<GatewayReconLine[]> {
    const named = lines.filter((line) => line.type === type);
    if (named.length === 0) return [];
    const known = await this.beliefs.known(
      type,
      named.map(({ entityId }) => entityId),
    );
    return named.filter(({ entityId }) => !known.has(entityId));
  }

  /** Nothing is booked to make sums fit: a person has to know why they don't. */
  private async check(book: RunBook, day: Date, theirs: Sums): Promise<void> {
    for (const { gatewayId, amount, lines, booked } of await this.sums.settledBetween(
      day,
      new Date(day.getTime() + DAY_MS),
    )) {
      await book.attend(gatewayId, () => {
        const told = theirs.get(gatewayId);
        if (told === undefined) book.note('settlement_absent', gatewayId);
        else if (amount !== told || lines !== told || booked !== told) {
          book.note('settlement_differs', `${gatewayId}: ${JSON.stringify({ told, amount, lines, booked })}`);
        }
        return Promise.resolve();
      });
    }
  }
}
