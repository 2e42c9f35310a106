import { roomOf } from './refund-room.rules';
import type { RefundStatus } from './refund.state';

const refund = (amount: number, status: RefundStatus, gatewayId: string | null = 'rfnd_1') => ({
  amount,
  status,
  gatewayId,
});

it.each([
  ['nothing went back', 0, [], 100],
  ['the gateway told of some', 30, [], 70],
  ['we know which', 30, [refund(30, 'processed')], 70],
  ['we know of more than the gateway has summed up', 0, [refund(30, 'pending')], 70],
  ['some is only asked for', 30, [refund(30, 'processed'), refund(20, 'requested', null)], 50],
  ['some came to nothing', 0, [refund(30, 'failed'), refund(20, 'failed', null)], 100],
  ['what came to nothing was counted before', 100, [refund(100, 'failed')], 100],
  ['it went back the second time', 100, [refund(100, 'failed'), refund(100, 'processed')], 0],
  ['all of it is gone', 100, [refund(100, 'processed')], 0],
  ['more is gone than there was', 90, [refund(20, 'requested', null)], 0],
])('where %s', (_, refundedAmount, refunds, room) => {
  expect(roomOf({ amount: 100, refundedAmount }, refunds)).toBe(room);
});
