import { openSlot, waitingSlot } from './guest.rules';

const LONGEST_SLOT = 120;

it('a slot names mailbox, kind and goods, without the mailbox in it', () => {
  const slot = openSlot('ravi@example.org', 'recurring', '3:7');
  expect(slot).toMatch(/^open:[0-9a-f]{32}:recurring:3:7$/);
  expect(openSlot('ravi@example.org', 'recurring', '3:7')).toBe(slot);
  const others = [
    openSlot('asha@example.org', 'recurring', '3:7'),
    openSlot('ravi@example.org', 'oneTime', '3:7'),
    openSlot('ravi@example.org', 'recurring', '3:8'),
    waitingSlot('ravi@example.org', 3),
  ];
  expect(new Set([slot, ...others]).size).toBe(5);
});

it('a slot is never longer than its column', () => {
  const most = Number.MAX_SAFE_INTEGER;
  const email = `${'x'.repeat(240)}@example.org`;
  expect(openSlot(email, 'tip', `${most}:10000000000:INR:${'f'.repeat(16)}`).length).toBeLessThanOrEqual(LONGEST_SLOT);
  expect(openSlot(email, 'recurring', `${most}:${most}`).length).toBeLessThanOrEqual(LONGEST_SLOT);
  expect(openSlot(email, 'commission', `${most}:INR`).length).toBeLessThanOrEqual(LONGEST_SLOT);
});
