import { randomInt } from 'node:crypto';

/** A number from 0 up to 1. */
export type Random = () => number;

/** The same numbers for the same seed, so that a run can be repeated (xorshift). */
export function seededRandom(seed: number): Random {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ 0x2545f491) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

export const trueRandom: Random = () => randomInt(2 ** 32) / 2 ** 32;

/** True with this probability. */
export function happens(random: Random, probability: number): boolean {
  return probability > 0 && random() < probability;
}

export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}
