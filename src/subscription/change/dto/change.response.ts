import { ApiProperty } from '@nestjs/swagger';
import { CheckoutResponse } from '../../purchase/dto/purchase.response';
import type { Agreed } from '../agreement';
import { APPLIES, type Applies, type How, HOWS } from '../change.rules';
import type { Offer } from '../change-quote.service';

const MINOR = { type: 'integer', description: "In the currency's minor unit." } as const;
const INSTANT = { type: String, format: 'date-time', nullable: true } as const;

class PricedTier {
  @ApiProperty({ type: 'integer', example: 3 })
  id: number;

  @ApiProperty({ example: 'Gold' })
  name: string;

  @ApiProperty({ ...MINOR, example: 19900 })
  amount: number;

  @ApiProperty({ example: 'INR' })
  currency: string;
}

class ChargeResponse {
  @ApiProperty({ ...MINOR, example: 0 })
  amount: number;

  @ApiProperty({ example: 'INR' })
  currency: string;

  @ApiProperty({ description: 'false: Razorpay works it out, and it is this at most.', example: true })
  exact: boolean;
}

class NextChargeResponse {
  @ApiProperty({ ...MINOR, example: 49900 })
  amount: number;

  @ApiProperty({ example: 'INR' })
  currency: string;

  @ApiProperty({ ...INSTANT, description: 'null: a month after the checkout.', example: '2026-12-28T18:30:00.000Z' })
  at: string | null;
}

export class PreviewResponse {
  @ApiProperty({ type: PricedTier })
  from: PricedTier;

  @ApiProperty({ type: PricedTier })
  to: PricedTier;

  @ApiProperty({ type: ChargeResponse, description: 'What is charged to begin with.' })
  charge_now: ChargeResponse;

  @ApiProperty({ ...MINOR, description: 'What Razorpay may pay back of the running month, at most.', example: 0 })
  refund_at_most: number;

  @ApiProperty({ type: NextChargeResponse, description: 'When the new price is charged, and then every month.' })
  next_charge: NextChargeResponse;

  @ApiProperty({ enum: HOWS, description: '`new_mandate`: it has to be authorised anew at a checkout.' })
  how: How;

  @ApiProperty({ enum: APPLIES, example: 'cycle_end' })
  when: Applies;

  @ApiProperty({ ...INSTANT, description: 'When the new tier begins; null = at once.', example: null })
  applies_at: string | null;

  @ApiProperty({ description: 'All of it for people.', example: 'Nothing is charged now.' })
  note: string;

  @ApiProperty({ description: 'To be sent back by whoever agrees.', example: '5f1d7a84db00d2fce00b31a7fc73224f' })
  quote: string;

  static of(this: void, offer: Offer): PreviewResponse {
    const { row, tier, price, appliesAt, nextChargeAt } = offer;
    const { amount, currency } = price;
    return {
      from: { id: row.tierId, name: offer.fromTier, amount: row.amount, currency: row.currency },
      to: { id: tier.id, name: tier.name, amount, currency },
      charge_now: { amount: offer.chargeNow, currency, exact: offer.isExact },
      refund_at_most: offer.refundNow,
      next_charge: { amount, currency, at: nextChargeAt?.toISOString() ?? null },
      how: offer.how,
      when: offer.applies,
      applies_at: appliesAt?.toISOString() ?? null,
      note: offer.note,
      quote: offer.token,
    };
  }
}

const STATUSES = ['preview', 'pending', 'done'] as const;

export class ChangeResponse {
  @ApiProperty({ enum: STATUSES, description: '`pending`: to be paid for, or to begin later.', example: 'preview' })
  status: (typeof STATUSES)[number];

  @ApiProperty({ type: 'integer', example: 41 })
  subscription: number;

  @ApiProperty({ type: PreviewResponse, nullable: true, description: 'Of a preview.' })
  preview: PreviewResponse | null;

  @ApiProperty({ type: CheckoutResponse, nullable: true, description: 'Where it has yet to be authorised anew.' })
  checkout: CheckoutResponse | null;

  static ofOffer(this: void, offer: Offer): ChangeResponse {
    return { status: 'preview', subscription: offer.row.id, preview: PreviewResponse.of(offer), checkout: null };
  }

  static of(this: void, { change, checkout }: Agreed): ChangeResponse {
    return {
      status: change.state === 'done' ? 'done' : 'pending',
      subscription: change.subscriptionId,
      preview: null,
      checkout: checkout === undefined ? null : CheckoutResponse.of(checkout),
    };
  }
}
