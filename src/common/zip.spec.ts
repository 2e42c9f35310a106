import { zip } from './zip';

it('puts two lists side by side', () => {
  expect(zip([1, 2], ['a', 'b'])).toEqual([
    [1, 'a'],
    [2, 'b'],
  ]);
  expect(zip([], [])).toEqual([]);
});

it('loses no item of a longer list', () => {
  expect(() => zip([1], [])).toThrow(RangeError);
  expect(() => zip([], [1])).toThrow(RangeError);
});
