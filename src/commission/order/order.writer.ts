import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { invalid } from '../../common/domain-error';
import { MediaUseService } from '../../content/media/media-use.service';
import { invalidPk } from '../../infra/http/fields/pk.field';
import { OfferRepository } from '../offer/offer.repository';
import { dueAt, isOpen, letGo } from './commission-order.rules';
import { type Actor, holdsSlot } from './commission-order.state';
import { GuestNotice } from './guest-notice';
import { OrderFacts } from './order.facts';
import { type NewOrderRow, OrderRepository, type OrderRow, STEP_HOLDER } from './order.repository';

/** Who brought a change about, and what they say and show with it. */
export interface Note {
  readonly actor: Actor;
  readonly message?: string;
  /** Files of the creator's. */
  readonly media?: readonly number[];
}

/**
 * Writes orders, with all that follows from it: the slot that is held or given back, the history, the facts. Only inside a
 * unit of work that has locked the offer.
 */
@Injectable()
export class OrderWriter {
  constructor(
    private readonly orders: OrderRepository,
    private readonly offers: OfferRepository,
    private readonly media: MediaUseService,
    private readonly facts: OrderFacts,
    private readonly guests: GuestNotice,
    private readonly clock: Clock,
  ) {}

  async add(order: Omit<NewOrderRow, 'openKey'>, contactDetails: string): Promise<OrderRow> {
    const row = { ...order, openKey: openKeyOf(order) };
    const id = await this.orders.add(row, contactDetails);
    if (holdsSlot(row.status)) await this.offers.take(row.offerId, 1);
    await this.orders.addStep({ orderId: id, status: row.status, actor: 'buyer', message: '', at: row.createdAt });
    return { ...row, id };
  }

  /** Gives it as written. */
  async write(before: OrderRow, after: OrderRow, note: Note): Promise<OrderRow> {
    const now = this.clock.now();
    const payment = letGo(after.status, after.payment);
    const moments = { dueAt: dueAt(before, after, now), updatedAt: now };
    const written = { ...after, ...moments, payment, openKey: openKeyOf(after) };
    const { id, ...columns } = written;
    await this.orders.change(id, columns);
    const slots = Number(holdsSlot(written.status)) - Number(holdsSlot(before.status));
    if (slots !== 0) await this.offers.take(written.offerId, slots);
    if (before.status !== written.status) await this.log(written, note, now);
    await this.facts.tell(before, written, note.actor);
    await this.guests.tell(before, written);
    return written;
  }

  private async log({ id: orderId, status, creatorId }: OrderRow, note: Note, at: Date): Promise<void> {
    const { actor, message = '', media = [] } = note;
    const step = await this.orders.addStep({ orderId, status, actor, message, at });
    if (media.length === 0) return;
    const [unknown] = await this.media.show({ kind: STEP_HOLDER, id: step }, creatorId, media);
    if (unknown !== undefined) throw invalid({ media: [invalidPk(unknown)] });
  }
}

function openKeyOf(order: Omit<NewOrderRow, 'openKey'>): string | null {
  return order.buyerId !== null && isOpen(order) ? openKey(order.offerId, order.buyerId) : null;
}

export function openKey(offerId: number, buyerId: number): string {
  return `${offerId}:${buyerId}`;
}
