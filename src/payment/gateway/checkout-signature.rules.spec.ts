import {
  isOrderSignature,
  isSubscriptionSignature,
  orderSignature,
  subscriptionSignature,
} from './checkout-signature.rules';

const SECRET = 'key_secret';
const ORDER = { orderId: 'order_ABC', paymentId: 'pay_DEF' };
const SUBSCRIPTION = { subscriptionId: 'sub_GHI', paymentId: 'pay_DEF' };
const OF_ORDER = 'e0b0905aea398d147d05f35a1f2dc807d59321407a7523f97f793669510a8c4a';
const OF_SUBSCRIPTION = '1b4f3c190043868ba8f93b745e71cc83f5f34d5837603f51168bbd7427743d02';

describe('the signature of a checkout', () => {
  it('is Razorpay’s: the order first, but a subscription last', () => {
    expect(orderSignature('order_ABC', 'pay_DEF', SECRET)).toBe(OF_ORDER);
    expect(subscriptionSignature('sub_GHI', 'pay_DEF', SECRET)).toBe(OF_SUBSCRIPTION);
  });

  it.each([OF_ORDER, OF_ORDER.toUpperCase()])('of an order is accepted: %s', (signature) => {
    expect(isOrderSignature(signature, ORDER, SECRET)).toBe(true);
  });

  it.each([OF_SUBSCRIPTION, OF_SUBSCRIPTION.toUpperCase()])('of a subscription is accepted: %s', (signature) => {
    expect(isSubscriptionSignature(signature, SUBSCRIPTION, SECRET)).toBe(true);
  });

  it('holds for one order, one payment and one secret', () => {
    expect(isOrderSignature(OF_ORDER, { ...ORDER, orderId: 'order_ABD' }, SECRET)).toBe(false);
    expect(isOrderSignature(OF_ORDER, { ...ORDER, paymentId: 'pay_DEG' }, SECRET)).toBe(false);
    expect(isOrderSignature(OF_ORDER, ORDER, 'another_secret')).toBe(false);
    expect(isSubscriptionSignature(OF_SUBSCRIPTION, { ...SUBSCRIPTION, subscriptionId: 'sub_GHJ' }, SECRET)).toBe(
      false,
    );
  });

  it.each([
    ['nothing', ''],
    ['text', 'forged'],
    ['half of it', OF_ORDER.slice(0, 32)],
    ['more than it', `${OF_ORDER}00`],
    ['a line after it', `${OF_ORDER}\n`],
    ['base64 of it', Buffer.from(OF_ORDER, 'hex').toString('base64')],
    ['that of a subscription', OF_SUBSCRIPTION],
  ])('refuses %s', (_, signature) => {
    expect(isOrderSignature(signature, ORDER, SECRET)).toBe(false);
  });
});
