import { ApiProperty } from '@nestjs/swagger';
import { MediaView } from '../../../content/media/media-link.service';
import { PersonView } from '../../../content/post/post-view.service';
import { endsAt, MONEY_STANDINGS, type MoneyStanding } from '../commission-order.rules';
import { type Actor, ACTORS, COMMISSION_STATUSES, type CommissionStatus } from '../commission-order.state';
import type { PlacedOrder } from '../order-checkout.service';
import type { OrderRecord } from '../order-list.repository';
import type { ShownOrder, ShownStep } from '../order-reader.service';

const POSITION = {
  type: 'integer',
  nullable: true,
  description: 'In the waitlist, from 1; null = it does not wait.',
  example: null,
} as const;

export class PlacedOrderResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What a checkout is opened with: an order. null while there is nothing to pay.',
    example: 'order_IluGWxBm9U8zJ8',
  })
  SubscriptionID: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "The gateway's public key.",
    example: 'rzp_test_8sKd02mfLq1xYz',
  })
  public_key: string | null;

  @ApiProperty({ enum: COMMISSION_STATUSES, example: 'ordered' })
  status: CommissionStatus;

  @ApiProperty(POSITION)
  position: number | null;

  static of(this: void, { id, status, position, checkout }: PlacedOrder): PlacedOrderResponse {
    const [SubscriptionID, public_key] = [checkout?.gatewayId ?? null, checkout?.publicKey ?? null];
    return { id, SubscriptionID, public_key, status, position };
  }
}

export class OrderStepResponse {
  @ApiProperty({ enum: COMMISSION_STATUSES, description: 'What it became.', example: 'delivered' })
  status: CommissionStatus;

  @ApiProperty({ enum: ACTORS, description: '`house`: time, the bank, or a closed account.', example: 'creator' })
  by: Actor;

  @ApiProperty({ example: 'Here it is.' })
  message: string;

  @ApiProperty({ type: MediaView, isArray: true })
  media: MediaView[];

  @ApiProperty({ type: String, format: 'date-time' })
  at: string;

  static of(this: void, { status, actor, message, media, at }: ShownStep): OrderStepResponse {
    return { status, by: actor, message, media: [...media], at: at.toISOString() };
  }
}

export class ListedOrderResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({ type: 'integer', description: 'The offer.', example: 1 })
  commissionID: number;

  @ApiProperty({ description: 'Of the offer, when it was ordered.', example: 'A portrait in ink' })
  title: string;

  @ApiProperty({ type: PersonView, description: 'The name is empty where the account is closed.' })
  creator: PersonView;

  @ApiProperty({ type: PersonView, nullable: true, description: 'null for a guest, and where the account is closed.' })
  buyer: PersonView | null;

  @ApiProperty({ enum: COMMISSION_STATUSES, example: 'ordered' })
  status: CommissionStatus;

  @ApiProperty({
    enum: MONEY_STANDINGS,
    description: '`authorized`: the bank holds it. `released`: it was never taken, and the bank gives it back.',
    example: 'authorized',
  })
  payment: MoneyStanding;

  @ApiProperty(POSITION)
  position: number | null;

  @ApiProperty({ type: 'integer', description: "In the currency's minor unit.", example: 34800 })
  amount: number;

  @ApiProperty({ example: 'INR' })
  currency: string;

  @ApiProperty({ description: 'Empty where there was nothing to choose.', example: 'By mail' })
  mode_of_delivery: string;

  @ApiProperty({ example: 'A drawing of my cat.' })
  description: string;

  @ApiProperty({ description: 'Empty where somebody has closed their account.', example: 'asha@example.org' })
  contactDetails: string;

  @ApiProperty({ type: 'integer', description: 'How often something was to be changed.', example: 0 })
  revisions: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it ends by itself: it expires, or what was delivered is taken for good.',
  })
  due_at: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updated_at: string;

  static of(this: void, order: OrderRecord): ListedOrderResponse {
    const { buyerId, creatorId } = order;
    return {
      id: order.id,
      commissionID: order.offerId,
      title: order.title,
      creator: { id: creatorId, username: order.creatorName, profile_pic: order.creatorPic },
      buyer: buyerId === null ? null : { id: buyerId, username: order.buyerName, profile_pic: order.buyerPic },
      status: order.status,
      payment: order.payment,
      position: order.position,
      amount: order.amount,
      currency: order.currency,
      mode_of_delivery: order.deliveryMode,
      description: order.description,
      contactDetails: order.contactDetails,
      revisions: order.revisions,
      due_at: endsAt(order)?.toISOString() ?? null,
      created_at: order.createdAt.toISOString(),
      updated_at: order.updatedAt.toISOString(),
    };
  }
}

export class OrderResponse extends ListedOrderResponse {
  @ApiProperty({ description: 'Of the offer, when it was ordered.', example: 'Two weeks.' })
  terms: string;

  @ApiProperty({ type: OrderStepResponse, isArray: true, description: 'Oldest first.' })
  history: OrderStepResponse[];

  static whole(this: void, { order, history }: ShownOrder): OrderResponse {
    return { ...ListedOrderResponse.of(order), terms: order.terms, history: history.map(OrderStepResponse.of) };
  }
}
