import { cameToNothing } from './match.rules';

const OF_MANDATE = { capturedAt: null, mandateId: 7, invoiceId: null };

it.each<[string, Parameters<typeof cameToNothing>[0], boolean]>([
  ['a payment that failed', { ...OF_MANDATE, status: 'failed' }, true],
  ['one that nobody captured', { ...OF_MANDATE, mandateId: null, status: 'refunded' }, true],
  ['a month that nobody captured', { ...OF_MANDATE, invoiceId: 'inv_00000000000001', status: 'refunded' }, true],
  ['one that is under way', { ...OF_MANDATE, status: 'authorized' }, false],
  ['one that was captured, and paid back', { ...OF_MANDATE, capturedAt: new Date(), status: 'refunded' }, false],
  ['what an authorisation costs for a moment', { ...OF_MANDATE, status: 'refunded' }, false],
])('%s has come to nothing: %#', (_, payment, expected) => expect(cameToNothing(payment)).toBe(expected));
