import { Injectable } from '@nestjs/common';
import { invalid } from '../../common/domain-error';
import { emailKey } from '../../common/normalise';
import { sha256Hex } from '../../infra/crypto/digest';
import { OrderService } from '../../payment/order/order.service';
import { TipService } from '../tip/tip.service';
import type { GhostUserRequest } from './dto/guest.request';
import type { GuestCheckoutRow } from './guest-checkout.repository';
import { GuestGoods } from './guest-goods.service';
import type { Offer } from './guest-offer';
import { GuestTiers } from './guest-tiers';
import { openSlot } from './guest.rules';

const REQUIRED = ['This field is required.'];
const WORDS_LENGTH = 16;

/** What a request asks for, as something that may be bought. Only inside a unit of work; 400 where it may not. */
@Injectable()
export class GuestOffers {
  constructor(
    private readonly tiers: GuestTiers,
    private readonly tips: TipService,
    private readonly goods: GuestGoods,
    private readonly orders: OrderService,
  ) {}

  async of(request: GhostUserRequest): Promise<Offer> {
    const { payment_type: kind, tierID, currency } = request;
    if (kind === 'commission') return this.commission(request);
    if (kind === 'tip') return this.tip(request);
    const tierId = required({ tierID });
    return { ...(await this.tiers.offer(emailKey(request.email), kind, tierId, currency)), tierId, commissionId: null };
  }

  private commission({ email, commissionID, currency }: GhostUserRequest): Offer {
    const commissionId = required({ commissionID });
    return {
      slot: openSlot(emailKey(email), 'commission', `${commissionId}:${currency ?? ''}`),
      ...{ currency: currency ?? 'INR', tierId: null, commissionId },
      isOpen: async ({ orderId }) => orderId !== null && this.goods.isOpen(orderId),
      draft: async (guest) => paidBy(await this.goods.open(guest, commissionId, currency)),
    };
  }

  private tip(request: GhostUserRequest): Offer {
    const { email, currency = 'INR', name, message, anonymous, hide_amount } = request;
    const creatorID = required({ creatorID: request.creatorID });
    const amount = required({ amount: request.amount });
    const words = { name, message, anonymous, hide_amount };
    // Nobody has a word of their own in somebody else's checkout.
    const mark = sha256Hex(JSON.stringify(words)).slice(0, WORDS_LENGTH);
    return {
      slot: openSlot(emailKey(email), 'tip', `${creatorID}:${amount}:${currency}:${mark}`),
      ...{ currency, tierId: null, commissionId: null },
      isOpen: (known) => this.isUnpaid(known),
      draft: async () => paidBy(await this.tips.draft(null, { amount, currency, creatorID, ...words })),
    };
  }

  private async isUnpaid({ orderId }: GuestCheckoutRow): Promise<boolean> {
    return orderId !== null && (await this.orders.get(orderId)).status !== 'paid';
  }
}

function paidBy(orderId: number) {
  return { subscriptionId: null, orderId, mandateId: null };
}

/** The one field given, which has to be there. */
function required(field: Record<string, number | null | undefined>): number {
  const [[name, value] = ['', null]] = Object.entries(field);
  if (typeof value !== 'number') throw invalid({ [name]: REQUIRED });
  return value;
}
