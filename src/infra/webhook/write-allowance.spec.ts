import { WriteAllowance } from './write-allowance';

const at = (seconds: number): Date => new Date(seconds * 1000);
const taken = (allowance: WriteAllowance, times: number, now: Date): number =>
  Array.from({ length: times }, () => allowance.take(now)).filter(Boolean).length;

it('lets a burst through, then a steady trickle', () => {
  const allowance = new WriteAllowance(10, 2);
  expect(taken(allowance, 100, at(0))).toBe(10);
  expect(taken(allowance, 100, at(1))).toBe(2);
  expect(taken(allowance, 100, at(1.4))).toBe(0);
  expect(taken(allowance, 100, at(1.5))).toBe(1);
});

it('fills up to the burst and no further, and stands still when the clock goes back', () => {
  const allowance = new WriteAllowance(3, 1);
  expect(taken(allowance, 9, at(100))).toBe(3);
  expect(taken(allowance, 9, at(50))).toBe(0);
  expect(taken(allowance, 9, at(1000))).toBe(3);
});
