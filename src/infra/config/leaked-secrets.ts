import { createHash } from 'node:crypto';

/** SHA-256 of secrets that the old servers printed in public; nobody may run on them, in production or elsewhere. */
const LEAKED = new Set([
  '04baa529f37183afeac66f205ee0d86d903724840192531547ab4a75ffef3a99',
  '988a8a900436f3138b402c29ed4babbefe9d6290e5f31c498f90070b987d2900',
  '959e64b3e28b194037ecf958b6b2626dc09747aca42a01ce3db53f45e17e32fb',
  'd91cf69820ee5cbc57ca6ba5091f40fadd5552b1e393bb9338abe21bfb8c1bc5',
  'e64317a729dbac8f5e6ed97d6e2a5d447b3b2efb64150c6ef834e24262e582dd',
  '3c14cd3fbf66e8fe84818e89ec95168d1ac38e1cf79d6cddbcb02d2ff17e9530',
  '117d9d83ac322952e49ec4388c3684e67f4cc8e072a3ac6bfa68ee6f29cc1ceb',
]);

/** SHA-256 of values that READMEs and tutorials use as examples: fine on a developer's machine, not in production. */
const EXAMPLES = new Set([
  '8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92',
  'daa7d57cab940719014b42e17df83d548f18615c5e31880fd887a8f43cb0fb37',
  'c66dc3312779fefa5b277d8ef44d2b5f038d2fd5dfbe705b92cf660a76f9a72d',
  '057ba03d6c44104863dc7361fe4578965d1887360f90a0895882e58a6248fc86',
  '2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b',
  '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8',
]);

const EXAMPLE_WORDS =
  /^(?:change[-_ ]?me|your[-_ ]|my[-_ ]?secret|secret|example|password|test[-_ ]?secret|dummy|placeholder|replace[-_ ]|todo|xxx+|<.*>$)/i;

export type SecretVerdict = 'fine' | 'leaked' | 'example';

/** Judges a secret by what is publicly known of it; the secret itself stands nowhere in this project. */
export function judgeSecret(secret: string): SecretVerdict {
  const digest = createHash('sha256').update(secret).digest('hex');
  if (LEAKED.has(digest)) return 'leaked';
  return EXAMPLES.has(digest) || EXAMPLE_WORDS.test(secret) ? 'example' : 'fine';
}
