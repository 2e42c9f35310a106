export const LINK_LIFE_MS = 3 * 86_400_000;
export const CODE_LIFE_MS = 30 * 60_000;

/** A code has a million values; after this many wrong ones it is void, and the link in the same mail still works. */
export const MOST_CODE_ATTEMPTS = 5;
