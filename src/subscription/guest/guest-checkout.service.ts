import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { emailKey } from '../../common/normalise';
import { isUniqueViolation } from '../../infra/database/database-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MandateService } from '../../payment/mandate/mandate.service';
import { OrderService } from '../../payment/order/order.service';
import type { Checkout } from '../purchase/purchase.service';
import type { GhostUserRequest } from './dto/guest.request';
import { GuestCheckoutRepository, type GuestCheckoutRow, type NewGuestCheckout } from './guest-checkout.repository';
import { freshUsername } from './guest-name';
import type { Offer } from './guest-offer';
import { GuestOffers } from './guest-offers';

export interface OpenedCheckout extends Checkout {
  readonly username: string;
}

/** Buying without an account. Accounts are not even looked at here, so nothing can tell of one. */
@Injectable()
export class GuestCheckoutService {
  constructor(
    private readonly checkouts: GuestCheckoutRepository,
    private readonly offers: GuestOffers,
    private readonly mandates: MandateService,
    private readonly orders: OrderService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Asked for again before it is paid, the same checkout is given. 400 for what is not on sale; DomainError `unavailable`
   * while the gateway is away.
   */
  async open(request: GhostUserRequest): Promise<OpenedCheckout> {
    const { username, mandateId, orderId } = await this.reserved(request);
    if (mandateId !== null) return { username, ...(await this.mandates.publish(mandateId)) };
    if (orderId !== null) return { username, ...(await this.orders.publish(orderId)) };
    throw new Error('A guest’s checkout has lost what it is paid by');
  }

  private async reserved(request: GhostUserRequest): Promise<GuestCheckoutRow> {
    try {
      return await this.reserve(request);
    } catch (error) {
      // Asked for twice at once: the other one is there now.
      if (!isUniqueViolation(error, 'uq_guest_checkout_slot')) throw error;
      return this.reserve(request);
    }
  }

  private reserve(request: GhostUserRequest): Promise<GuestCheckoutRow> {
    return this.unitOfWork.run(async () => {
      const offer = await this.offers.of(request);
      const known = await this.checkouts.lockBySlot(offer.slot);
      if (known !== undefined && (await offer.isOpen(known))) return known;
      if (known !== undefined) await this.checkouts.change(known.id, { slot: null });
      return this.add(request, offer);
    });
  }

  private async add(request: GhostUserRequest, offer: Offer): Promise<GuestCheckoutRow> {
    const { email, phone, payment_type: kind } = request;
    const { slot, currency, tierId, commissionId, draft } = offer;
    const now = this.clock.now();
    const username = freshUsername();
    const added: NewGuestCheckout = {
      ...{ email, emailKey: emailKey(email), phone, username, kind, tierId, commissionId, currency, slot },
      ...{ subscriptionId: null, orderId: null, mandateId: null, paidAt: null, mailedFor: null },
      ...{ claimedBy: null, claimedAt: null, returnedAt: null, createdAt: now, updatedAt: now },
    };
    const id = await this.checkouts.add(added);
    const drafted = await draft({ checkoutId: id, email, username });
    await this.checkouts.change(id, drafted);
    return { ...added, id, ...drafted };
  }
}
