import { distanceOfName, soughtTrigrams, trigramsOf, wordsOf } from './creator-name.rules';

const distance = (typed: string, ...name: string[]): number | undefined =>
  distanceOfName(wordsOf(typed), wordsOf(...name));

describe('words', () => {
  it.each([
    ['Zoë  MÜLLER', ['zoe', 'muller']],
    ['asha_rao-99', ['asha', 'rao', '99']],
    ['रवि', ['रव']],
    ['Ｊｏｈｎ', ['john']],
    ['asha Asha', ['asha']],
    ['!?', []],
  ])('of %j', (text, words) => expect(wordsOf(text)).toEqual(words));

  it('are cut, and no more than a few', () => {
    expect(wordsOf('x'.repeat(500))).toEqual(['x'.repeat(24)]);
    expect(wordsOf(Array.from({ length: 99 }, (_, index) => `w${index}`).join(' '))).toHaveLength(6);
    // One sign of these is five letters long.
    expect(wordsOf('㌀'.repeat(150)).join('').length).toBeLessThanOrEqual(200);
  });
});

describe('trigrams', () => {
  it('are padded', () => expect([...trigramsOf(['jo'])]).toEqual(['  j', ' jo', 'jo ']));

  it('count letters, not halves of them', () => expect([...trigramsOf(['𝒳'])]).toEqual(['  𝒳', ' 𝒳 ']));

  it('to look for leave the end of the last word open', () => {
    expect(soughtTrigrams(['j'])).toEqual(['  j']);
    expect(soughtTrigrams(['jo'])).toEqual(['  j', ' jo']);
    expect(soughtTrigrams(['jo', 'x'])).toEqual(['  j', ' jo', 'jo ', '  x']);
  });

  it.each([
    ['jhon', 'john'],
    ['ahsa', 'asha'],
    ['krishnamurty', 'krishnamurthy'],
  ])('of %s have most of those of %s', (typed, meant) => {
    const sought = new Set(soughtTrigrams([typed]));
    const shared = [...trigramsOf([meant])].filter((trigram) => sought.has(trigram));
    expect(shared.length).toBeGreaterThanOrEqual(4);
  });
});

describe('distance', () => {
  it.each([
    ['john', 'john', 0],
    ['john', 'johnson', 1],
    ['jhon', 'john', 2],
    ['ahsa', 'asha', 2],
    ['krishnamurty', 'krishnamurthy', 2],
    ['krishnamurty', 'Krishnamurthy Iyer', 2],
    ['krisnha', 'krishnamurthy', 3],
    ['john smiht', 'Smith, John', 2],
    ['zoe', 'Zoë', 0],
    ['jo', 'john', 1],
  ])('of %s to %s', (typed, name, expected) => expect(distance(typed, name)).toBe(expected));

  it.each([
    ['zzzz', 'john'],
    ['jx', 'john'],
    ['jane', 'john'],
    ['john doe', 'john'],
    ['!', 'john'],
    ['john', ''],
  ])('%s is not %s', (typed, name) => expect(distance(typed, name)).toBeUndefined());
});
