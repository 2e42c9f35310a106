export interface RatePolicy {
  readonly limit: number;
  readonly windowSeconds: number;
}

const MINUTE = 60;
const HOUR = 3600;

/**
 * How often one address may call, for all routes of a policy together. Generous, because a school or an office is one
 * address; what protects an account from guessing is the slow-down per account, which no policy here replaces.
 */
export const RATE_POLICIES = {
  /** Every route that names no other. */
  default: { limit: 600, windowSeconds: MINUTE },
  /** Passwords, codes and refresh tokens are tried here. */
  'sign-in': { limit: 20, windowSeconds: MINUTE },
  /** Refreshing is what a page with many tabs does by itself. */
  refresh: { limit: 120, windowSeconds: MINUTE },
  'sign-up': { limit: 30, windowSeconds: HOUR },
  /** Checkouts of people without an account: each holds a seat for a while. */
  'guest-checkout': { limit: 30, windowSeconds: HOUR },
  /** Routes that send a mail to an address the caller chooses. */
  mail: { limit: 10, windowSeconds: HOUR },
  /** Single-use codes and keys, such as those of verification and reset. */
  code: { limit: 30, windowSeconds: 10 * MINUTE },
  /** What people write under posts. */
  comment: { limit: 60, windowSeconds: MINUTE },
  /** What creators write: each is rendered. */
  post: { limit: 60, windowSeconds: MINUTE },
  /** Pages of posts, which come whole, fifty at a time. */
  posts: { limit: 300, windowSeconds: MINUTE },
  /** Files: each is looked at, and kept. */
  upload: { limit: 30, windowSeconds: MINUTE },
  /** Calls to a URL of the caller's own choosing, for which the caller waits. */
  'webhook-test': { limit: 30, windowSeconds: MINUTE },
  /** Another site's server calls for all of its visitors. */
  plugin: { limit: 1200, windowSeconds: MINUTE },
} as const satisfies Record<string, RatePolicy>;

export type RatePolicyName = keyof typeof RATE_POLICIES;

/** Signatures that did not match, per source and address; genuine calls are not counted. */
export const FAILED_SIGNATURES: RatePolicy = { limit: 30, windowSeconds: MINUTE };
