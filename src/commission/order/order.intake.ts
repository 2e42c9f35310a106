import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { invalid, notAuthenticated } from '../../common/domain-error';
import type { Currency, Price } from '../../common/price';
import { invalidPk } from '../../infra/http/fields/pk.field';
import { PayeeService } from '../../payment/apply/payee.service';
import { type OfferRecord, OfferRepository } from '../offer/offer.repository';
import { hasRoom, modeNamed, priceIn } from '../offer/offer.rules';
import { after, CHECKOUT_MS } from './commission-order.rules';
import { OrderBill } from './order.bill';
import { OrderRepository, type OrderRow } from './order.repository';
import { openKey, OrderWriter } from './order.writer';
import { MOST_WAITING } from './waitlist';

/** What somebody asks for. */
export interface Wish {
  readonly offerId: number;
  /** Null: a guest's, who can't wait for a slot, and chooses nothing. */
  readonly buyerId: number | null;
  readonly description: string;
  readonly contactDetails: string;
  /** An id or a name; '' where there is nothing to choose. */
  readonly mode: string;
  readonly currency: Currency | undefined;
}

/** Takes orders in. Only inside a unit of work. */
@Injectable()
export class OrderIntake {
  constructor(
    private readonly payees: PayeeService,
    private readonly offers: OfferRepository,
    private readonly orders: OrderRepository,
    private readonly writer: OrderWriter,
    private readonly bill: OrderBill,
    private readonly clock: Clock,
  ) {}

  /** As long as it is unpaid, asked again is the same order, with the new words. Throws `invalid` for what can't be. */
  async take(wish: Wish): Promise<OrderRow> {
    // Whoever closes the account waits, and ends what is begun here.
    if (wish.buyerId !== null && (await this.payees.holdCreator(wish.buyerId)) === undefined) throw notAuthenticated();
    const offer = await this.offers.lock(wish.offerId);
    const isOffered = offer !== undefined && offer.archivedAt === null;
    if (!isOffered || (await this.payees.holdCreator(offer.creatorId)) !== true) {
      throw invalid({ commissionID: [invalidPk(wish.offerId)] });
    }
    if (offer.creatorId === wish.buyerId) throw invalid({ commissionID: ['This is an offer of your own.'] });
    const [price, deliveryMode] = [priceOf(offer, wish), modeOf(offer, wish)];
    const known = wish.buyerId === null ? undefined : await this.orders.lockOpen(openKey(offer.id, wish.buyerId));
    if (known !== undefined) return this.changed(offer, known, { ...wish, ...price, deliveryMode });
    return this.placed(offer, { ...wish, ...price, deliveryMode });
  }

  private async placed(offer: OfferRecord, wish: Wish & Price & { deliveryMode: string }): Promise<OrderRow> {
    const now = this.clock.now();
    const waits = !hasRoom(offer);
    if (waits) await this.expectPlace(offer, wish);
    const { buyerId, description, deliveryMode, amount, currency, contactDetails } = wish;
    const { id: offerId, creatorId, title, terms } = offer;
    const agreed = { offerId, creatorId, buyerId, title, terms, deliveryMode, description, amount, currency };
    const moments = { heldAt: null, acceptingAt: null, warnedAt: null, createdAt: now, updatedAt: now };
    const begin = { paymentOrderId: null, payment: 'unpaid', revisions: 0 } as const;
    const status = waits ? 'waitlisted' : 'ordered';
    const dueAt = waits ? null : after(now, CHECKOUT_MS);
    const order = await this.writer.add({ ...agreed, ...moments, ...begin, status, dueAt }, contactDetails);
    return waits ? order : this.billed(order);
  }

  private async expectPlace({ id }: OfferRecord, { buyerId }: Wish): Promise<void> {
    if (buyerId === null) throw invalid({ commissionID: ['All slots are taken.'] });
    if ((await this.orders.waiting(id)) < MOST_WAITING) return;
    throw invalid({ commissionID: ['So many are waiting that the list is closed.'] });
  }

  /** What is agreed is what the offer says now: its price with its terms. */
  private async changed(
    { title, terms }: OfferRecord,
    known: OrderRow,
    wish: Wish & Price & { deliveryMode: string },
  ): Promise<OrderRow> {
    const { description, deliveryMode, amount, currency, contactDetails } = wish;
    const agreed = { title, terms, description, deliveryMode, amount, currency, updatedAt: this.clock.now() };
    const order = { ...known, ...agreed };
    await this.orders.seal(known.id, contactDetails);
    await this.orders.change(known.id, agreed);
    const isSame = amount === known.amount && currency === known.currency;
    return isSame || known.status === 'waitlisted' ? order : this.billed(order);
  }

  private async billed(order: OrderRow): Promise<OrderRow> {
    const paymentOrderId = await this.bill.draft(order);
    await this.orders.change(order.id, { paymentOrderId });
    return { ...order, paymentOrderId };
  }
}

function priceOf({ prices }: OfferRecord, { currency }: Wish): Price {
  const price = priceIn(prices, currency);
  if (price === undefined) throw invalid({ currency: [`This offer has no price in ${currency}.`] });
  return price;
}

function modeOf({ deliveryModes }: OfferRecord, { mode, buyerId }: Wish): string {
  if (mode === '' && (deliveryModes.length === 0 || buyerId === null)) return '';
  if (mode === '') throw invalid({ mode_of_delivery: ['This field is required.'] });
  const found = modeNamed(deliveryModes, mode);
  if (found === undefined) throw invalid({ mode_of_delivery: [`"${mode}" is not a valid choice.`] });
  return found.name;
}
