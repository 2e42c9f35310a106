import { freshSecrets, newSecret, rotated, signing } from './endpoint-secret.rules';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const hours = (count: number): Date => new Date(NOW.getTime() + count * 3_600_000);

it('makes secrets of 256 bits, as the specification writes them, never twice', () => {
  const secrets = Array.from({ length: 50 }, newSecret);
  expect(new Set(secrets).size).toBe(50);
  for (const secret of secrets) {
    expect(secret).toMatch(/^whsec_/);
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
  }
});

it('signs with the new secret first, and with the old one for 24 hours', () => {
  const first = freshSecrets();
  const second = rotated(first, 'whsec_b', NOW);
  expect(signing(first, NOW)).toEqual([first.current]);
  expect(signing(second, NOW)).toEqual(['whsec_b', first.current]);
  expect(signing(second, new Date(hours(24).getTime() - 1))).toEqual(['whsec_b', first.current]);
  expect(signing(second, hours(24))).toEqual(['whsec_b']);
});

it('keeps each former secret for its own day, and at most four', () => {
  let secrets = freshSecrets();
  for (let hour = 0; hour < 7; hour += 1) secrets = rotated(secrets, `whsec_${hour}`, hours(hour));
  expect(signing(secrets, hours(7))).toEqual(['whsec_6', 'whsec_5', 'whsec_4', 'whsec_3', 'whsec_2']);
  expect(signing(secrets, hours(28.5))).toEqual(['whsec_6', 'whsec_5', 'whsec_4']);
  expect(rotated(secrets, 'whsec_z', hours(60)).former.map(({ secret }) => secret)).toEqual(['whsec_6']);
});
