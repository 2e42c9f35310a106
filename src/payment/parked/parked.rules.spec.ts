import { capturesBefore, maskedContact, maskedEmail } from './parked.rules';

it.each([
  ['payer@example.org', 'p***@example.org'],
  ['zoë@x@example.org', 'z***@example.org'],
  ['😀@example.org', '😀***@example.org'],
  ['@example.org', '***'],
  ['no address', '***'],
  ['', '***'],
  [null, null],
])('the address %p is shown as %p', (email, shown) => expect(maskedEmail(email)).toBe(shown));

it.each([
  ['+910000001234', '***1234'],
  ['1234567', '***'],
  ['', '***'],
  [null, null],
])('the number %p is shown as %p', (contact, shown) => expect(maskedContact(contact)).toBe(shown));

it('money that is only authorised waits three days', () => {
  const paidAt = new Date('2026-03-01T10:00:00Z');
  expect(capturesBefore({ status: 'authorized', paidAt })).toEqual(new Date('2026-03-04T10:00:00Z'));
  expect(capturesBefore({ status: 'captured', paidAt })).toBeNull();
});
