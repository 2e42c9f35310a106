/** As the old server's. Silent: whoever asks sooner is told the same. */
export const RESEND_COOLDOWN_MS = 180_000;

/** Bounds the codes, and so the guesses, that can be had for one mailbox, and what a stranger can fill it with. */
export const MOST_MAILS_PER_DAY = 10;
const DAY_MS = 86_400_000;

/** Whether another mail with a link may go out, by when the earlier ones did. */
export function maySendAgain(earlier: readonly Date[], now: Date): boolean {
  const ages = earlier.map((sent) => now.getTime() - sent.getTime());
  if (ages.some((age) => age < RESEND_COOLDOWN_MS)) return false;
  return ages.filter((age) => age < DAY_MS).length < MOST_MAILS_PER_DAY;
}
