import fc from 'fast-check';
import { feeOf } from './fee.rules';

it('is 2 % and 18 % tax on that', () => {
  expect(feeOf(50_000)).toEqual({ fee: 1_180, tax: 180 });
  expect(feeOf(100)).toEqual({ fee: 2, tax: 0 });
  expect(feeOf(34_800)).toEqual({ fee: 821, tax: 125 });
});

it('is whole, includes its tax and leaves something of every payment', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 10 ** 12 }), (amount) => {
      const { fee, tax } = feeOf(amount);
      expect([fee, tax].every(Number.isSafeInteger)).toBe(true);
      expect(tax).toBeLessThan(fee);
      expect(fee).toBeLessThan(amount);
    }),
  );
});
