const MAX_LENGTH = 200;

const ESCAPE = String.raw`\\[dDwWsS.\-/\\^$*+?()[\]{}|]`;
const CLASS = String.raw`\[\^?(?:[^\\\]]|${ESCAPE})+\]`;
const LITERAL = String.raw`[A-Za-z0-9 _\-#@:;,!%&~'"/<>=]`;
const PART = `(?:${LITERAL}|${ESCAPE}|${CLASS}|\\.)`;
const STEADY = new RegExp(String.raw`^\^(?:${PART}(?:\{\d{1,3}\})?)*(?:${PART}(?:[*+?]|\{\d{1,3},\d{0,3}\}))?\$$`);

/**
 * Whether an expression never has a choice to come back to: each part is repeated a fixed number of times, only the
 * last may vary, and there are no groups. It takes one look at each character, where `^(a+)+$` needs hours for forty.
 */
export function isSteadyPattern(pattern: string): boolean {
  return pattern.length <= MAX_LENGTH && STEADY.test(pattern);
}
