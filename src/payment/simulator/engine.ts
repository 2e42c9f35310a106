import type { Chaos } from './chaos';
import { Checkout } from './checkout';
import { DisputeLife } from './dispute.life';
import { OrderLife } from './order.life';
import { PaymentLife } from './payment.life';
import { RefundLife } from './refund.life';
import { SettlementLife } from './settlement.life';
import { SubscriptionCalls } from './subscription.calls';
import { SubscriptionLife } from './subscription.life';
import { SubscriptionUpdates } from './subscription.updates';
import type { WebhookSender } from './webhook-sender';
import type { World } from './world';

/** The parts of the simulator, put together. */
export interface Engine {
  readonly world: World;
  readonly orders: OrderLife;
  readonly payments: PaymentLife;
  readonly refunds: RefundLife;
  readonly disputes: DisputeLife;
  readonly subscriptions: SubscriptionLife;
  readonly subscriptionCalls: SubscriptionCalls;
  readonly checkout: Checkout;
  readonly sender: WebhookSender;
  readonly chaos: Chaos;
}

export function buildEngine(world: World, sender: WebhookSender, chaos: Chaos): Engine {
  const settlements = new SettlementLife(world);
  const refunds = new RefundLife(world, settlements);
  const orders = new OrderLife(world);
  const payments = new PaymentLife(world, refunds, settlements);
  const subscriptions = new SubscriptionLife(world, orders, payments);
  const updates = new SubscriptionUpdates(world, subscriptions, orders, payments, refunds);
  return {
    world,
    orders,
    payments,
    refunds,
    subscriptions,
    sender,
    chaos,
    disputes: new DisputeLife(world, settlements),
    subscriptionCalls: new SubscriptionCalls(world, subscriptions, updates),
    checkout: new Checkout(world, payments, refunds, subscriptions),
  };
}
