import type { Findings } from './event.inquiry';
import { roundsOf, type Told } from './event-rounds.rules';

interface Ids {
  readonly order?: string;
  readonly payment?: string;
  readonly paymentOrder?: string;
  readonly subscription?: string;
  readonly mandate?: string;
}

const named = new Map<Told, string>();

function told(name: string, { order, payment, paymentOrder, subscription, mandate }: Ids): Told {
  const findings = {
    order: order && { id: order },
    payment: payment && { id: payment, orderId: paymentOrder ?? null },
    subscription: subscription && { id: subscription },
    link: { mandateGatewayId: mandate },
  };
  const one = { findings: findings as unknown as Findings, asOf: new Date(0) };
  named.set(one, name);
  return one;
}

const rounds = (...events: Told[]): (string | undefined)[][] =>
  roundsOf(events).map((round) => round.map((one) => named.get(one)));

it('puts into one round what is about different orders, in the order of their ids', () => {
  const b = told('b', { payment: 'pay_1', paymentOrder: 'order_b' });
  const a = told('a', { payment: 'pay_2', paymentOrder: 'order_a' });
  const c = told('c', { order: 'order_c', payment: 'pay_3', paymentOrder: 'order_c' });
  expect(rounds(b, c, a)).toEqual([['a', 'b', 'c']]);
  expect(rounds()).toEqual([]);
});

it.each<[string, Ids, Ids]>([
  ['order', { order: 'order_a' }, { payment: 'pay_1', paymentOrder: 'order_a' }],
  ['payment', { payment: 'pay_1' }, { payment: 'pay_1', paymentOrder: 'order_a' }],
  ['mandate', { subscription: 'sub_a' }, { payment: 'pay_1', mandate: 'sub_a' }],
])('parts two of one %s, the first first', (_, first, second) => {
  expect(rounds(told('first', first), told('second', second))).toEqual([['first'], ['second']]);
  expect(rounds(told('second', second), told('first', first))).toEqual([['second'], ['first']]);
});

it('lets what is about two of them wait for both', () => {
  const order = told('order', { order: 'order_a' });
  const later = told('order again', { order: 'order_a' });
  const payment = told('payment', { payment: 'pay_1' });
  const both = told('both', { payment: 'pay_1', paymentOrder: 'order_a' });
  const after = told('after', { payment: 'pay_1' });
  expect(rounds(order, later, payment, both, after)).toEqual([
    ['order', 'payment'],
    ['order again'],
    ['both'],
    ['after'],
  ]);
});
