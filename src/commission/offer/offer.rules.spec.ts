import { deliveryModes, hasRoom, modeNamed, offerFaults, openSlots, priceIn } from './offer.rules';

const INR = { currency: 'INR', amount: 500 } as const;
const USD = { currency: 'USD', amount: 900 } as const;

it.each([
  [{ slots: null, taken: 9 }, null, true],
  [{ slots: 3, taken: 0 }, 3, true],
  [{ slots: 3, taken: 2 }, 1, true],
  [{ slots: 3, taken: 3 }, 0, false],
  [{ slots: 3, taken: 4 }, 0, false],
])('of %j %s are open', (offer, open, room) => {
  expect([openSlots(offer), hasRoom(offer)]).toEqual([open, room]);
});

it('ways of delivery keep their ids, and new ones get the next', () => {
  expect(deliveryModes([{ name: 'a' }, { id: 4, name: 'b' }, { name: 'c' }])).toEqual([
    { id: 5, name: 'a' },
    { id: 4, name: 'b' },
    { id: 6, name: 'c' },
  ]);
  expect(deliveryModes([])).toEqual([]);
});

it('a way of delivery is found by id before name', () => {
  const modes = [
    { id: 1, name: '2' },
    { id: 2, name: 'By mail' },
  ];
  expect(modeNamed(modes, '2')).toBe(modes[1]);
  expect(modeNamed(modes, 'By mail')).toBe(modes[1]);
  expect(modeNamed(modes, 'by carrier pigeon')).toBeUndefined();
});

it('the price is the one asked for, else the one at home, else the first', () => {
  expect(priceIn([USD, INR], 'USD')).toBe(USD);
  expect(priceIn([USD, INR], undefined)).toBe(INR);
  expect(priceIn([USD], undefined)).toBe(USD);
  expect(priceIn([USD], 'INR')).toBeUndefined();
});

it('all that is wrong with an offer is said', () => {
  const modes = [
    { id: 1, name: 'a' },
    { id: 1, name: 'b' },
  ];
  expect(offerFaults({ prices: [INR, INR], delivery_modes: modes, slots: 2 }, 3)).toEqual({
    prices: ['Give each currency only once.'],
    delivery_modes: ['Give each id only once.'],
    slots: ['3 orders hold a slot now.'],
  });
  expect(offerFaults({ prices: [INR, USD], slots: 3 }, 3)).toEqual({});
  expect(offerFaults({ slots: null }, 3)).toEqual({});
});
