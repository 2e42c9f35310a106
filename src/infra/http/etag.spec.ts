import { etagOf, preconditionFailed, requireMatch } from './etag';

const passes = (ifMatch: string | undefined): boolean => {
  try {
    requireMatch(ifMatch, 3);
    return true;
  } catch (error) {
    expect(error).toEqual(preconditionFailed());
    return false;
  }
};

it('is the version in quotes', () => {
  expect(etagOf(3)).toBe('"3"');
});

it.each([undefined, '"3"', ' "3" ', '*', '"2", "3"', '"2","3",', ',"3"', 'W/"3"'])('If-Match: %s passes', (header) => {
  expect(passes(header)).toBe(true);
});

it.each(['"2"', '"33"', '3', 'W/"2"', 'w/"3"', '', '"2", "4"', '"3" "4"', '"3", *', '"3", nonsense', '"'])(
  'If-Match: %s fails',
  (header) => {
    expect(passes(header)).toBe(false);
  },
);
