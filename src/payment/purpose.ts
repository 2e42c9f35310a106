/** What money is for. The rest is its consumer's matter, under a `reference` of its own. */
export const PURPOSES = ['tier', 'tip', 'commission'] as const;
export type Purpose = (typeof PURPOSES)[number];
