import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { DomainError } from '../../common/domain-error';
import { unlessRefused } from '../gateway/gateway-questions';
import { PaymentGateway } from '../gateway/payment-gateway';
import { MandateService } from '../mandate/mandate.service';
import { RefundService } from '../refund/refund.service';
import { AttachedCure } from './attached.cure';
import { BeliefRepository } from './belief.repository';
import type { Comparison } from './comparison';
import type { DriftClass } from './drift-classes';
import { PaymentCure } from './payment.cure';
import type { RunBook } from './run-book';

const BATCH = 100;
/** Whoever wants it tells it at once, and their jobs every few minutes. */
const STALE_MS = 10 * 60_000;

interface Cursor {
  readonly part: number;
  readonly after: number;
}

type Part = (book: RunBook, after: number) => Promise<{ id: number }[]>;

/** What waits on our side: for an end that lies behind the window's beginning, or for the gateway to hear of it. */
@Injectable()
export class WaitingComparison implements Comparison {
  readonly stage = 'waiting';
  private readonly parts: readonly Part[] = [
    (book, after) => this.payments(book, after),
    (book, after) => this.refunds(book, after),
    (book, after) => this.untoldMandates(book, after),
    (book, after) => this.untoldRefunds(book, after),
  ];

  constructor(
    private readonly gateway: PaymentGateway,
    private readonly paymentCure: PaymentCure,
    private readonly attached: AttachedCure,
    private readonly mandates: MandateService,
    private readonly refundService: RefundService,
    private readonly beliefs: BeliefRepository,
    private readonly clock: Clock,
  ) {}

  async step(book: RunBook, cursor: unknown): Promise<Cursor | undefined> {
    const { part, after } = (cursor as Cursor | undefined) ?? { part: 0, after: 0 };
    const rows = (await this.parts[part]?.(book, after)) ?? [];
    if (rows.length === BATCH) return { part, after: rows.at(-1)?.id ?? after };
    return part + 1 < this.parts.length ? { part: part + 1, after: 0 } : undefined;
  }

  private async payments(book: RunBook, after: number): Promise<{ id: number }[]> {
    const waiting = await this.beliefs.waitingPayments(book.window.from, after, BATCH);
    for (const { gatewayId } of waiting) {
      await book.attend(gatewayId, async () => {
        const payment = await unlessRefused(() => this.gateway.payment(gatewayId));
        if (payment === undefined) book.note('payment_absent', gatewayId);
        else await this.paymentCure.compare(book, payment);
      });
    }
    return waiting;
  }

  private async refunds(book: RunBook, after: number): Promise<{ id: number }[]> {
    const waiting = await this.beliefs.waitingRefunds(book.window.from, after, BATCH);
    for (const belief of waiting) {
      await book.attend(belief.gatewayId, async () => {
        if (!(await this.attached.lookAtRefund(book, belief))) book.note('refund_absent', belief.gatewayId);
      });
    }
    return waiting;
  }

  private async untoldMandates(book: RunBook, after: number): Promise<{ id: number }[]> {
    const untold = await this.beliefs.untoldMandates(this.stale(), after, BATCH);
    for (const { id } of untold) await this.tell(book, 'mandate_untold', id, () => this.mandates.carryOut(id));
    return untold;
  }

  private async untoldRefunds(book: RunBook, after: number): Promise<{ id: number }[]> {
    const untold = await this.beliefs.untoldRefunds(this.stale(), after, BATCH);
    for (const { id } of untold) await this.tell(book, 'refund_untold', id, () => this.refundService.carryOut(id));
    return untold;
  }

  private async tell(book: RunBook, name: DriftClass, id: number, tell: () => Promise<boolean>): Promise<void> {
    await book.attend(`${name} ${id}`, async () => {
      book.note(name, String(id), !book.dryRun && (await done(tell)));
    });
  }

  private stale(): Date {
    return new Date(this.clock.now().getTime() - STALE_MS);
  }
}

/** What the gateway refuses is wanted no more. */
async function done(tell: () => Promise<boolean>): Promise<boolean> {
  try {
    return await tell();
  } catch (error) {
    if (error instanceof DomainError) return true;
    throw error;
  }
}
