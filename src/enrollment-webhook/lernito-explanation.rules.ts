import { SIGNATURE_FORMS, type SignatureForm, type SignedBody, signedText, signerOf } from './lernito-signature.rules';
import { COMPACT, dumps, SPACED } from './python-json/python-json.dumps';

export interface TriedForm {
  readonly form: SignatureForm;
  /** How long the text is over which the signature would have been right, in bytes, and how it begins. */
  readonly bytes: number;
  readonly text: string;
}

export interface SignatureExplanation {
  readonly problem: string;
  /** What the sender very likely did, where we can tell. */
  readonly hint?: string;
  readonly tried: readonly TriedForm[];
}

const SHOWN_CHARACTERS = 2000;
/** Printing and hashing a larger body for every mistake takes the process too long. */
const EXPLAINED_BYTES = 65_536;
const HEX_DIGEST = /^[0-9a-f]{64}$/i;
const BASE64_DIGEST = /^[\w+/-]{43}=?$/;

const SIGN_THE_BYTES = 'Sign the bytes that you send, or sort the keys as json.dumps(..., sort_keys=True) does.';

const TOO_LARGE = 'Bodies of more than 64 KiB are not looked into: try a smaller one.';

/** Mistakes that integrators make, told by trying them: only who holds the secret can have made one. */
const MISTAKES: readonly {
  readonly hint: string;
  readonly signs: (body: SignedBody, form: SignatureForm) => string | Uint8Array;
  readonly secret?: (secret: string) => string;
}[] = [
  {
    hint: 'Your secret ends with a line break, likely from reading it out of a file: strip it.',
    signs: signedText,
    secret: (secret) => `${secret}\n`,
  },
  {
    hint: 'You signed the body with a line break at its end, but sent it without: use printf instead of echo.',
    signs: ({ raw }) => Buffer.concat([raw, Buffer.from('\n')]),
  },
  {
    hint: 'You signed the body without the line break at its end, but sent it with one (curl: use --data-binary).',
    signs: ({ raw }) => withoutLineBreak(raw),
  },
  {
    hint: `You signed the JSON with its keys in another order than sorted. ${SIGN_THE_BYTES}`,
    signs: ({ document }, form) => dumps(document, { ...styleOf(form), sortKeys: false }),
  },
  {
    hint: 'You signed the JSON with characters beyond ASCII as they are; json.dumps writes them as \\uXXXX (ensure_ascii).',
    signs: ({ document }, form) => dumps(document, { ...styleOf(form), ensureAscii: false }),
  },
  {
    hint: `You signed the JSON as JSON.stringify writes it. ${SIGN_THE_BYTES}`,
    signs: ({ document }, form) => dumps(document, { ...styleOf(form), sortKeys: false, ensureAscii: false }),
  },
];

/**
 * Why the signature was not accepted, for integrators, outside production only. It tells what was signed, never a
 * secret nor the digest that would have been right.
 */
export function explainSignature(
  secrets: readonly string[],
  body: SignedBody,
  header: string | undefined,
): SignatureExplanation {
  const isLarge = body.raw.length > EXPLAINED_BYTES;
  const forms: readonly SignatureForm[] = isLarge ? ['raw'] : SIGNATURE_FORMS;
  const tried = forms.map((form) => describe(form, signedText(body, form)));
  if (secrets.length === 0) return { problem: 'No secret is set: LERNITO_WEBHOOK_SECRET is empty.', tried };
  if (header === undefined || header === '') return { problem: 'The header X-Lernito-Signature is missing.', tried };
  const bare = header.replace(/^sha256=/i, '');
  const digest = Buffer.from(bare, HEX_DIGEST.test(bare) ? 'hex' : 'base64');
  if (!HEX_DIGEST.test(bare) && !BASE64_DIGEST.test(bare)) {
    return { problem: `X-Lernito-Signature must be 64 hex digits; this is no such text of ${header.length}.`, tried };
  }
  const hint = isLarge ? TOO_LARGE : hintFor(secrets, body, digest);
  return {
    problem: 'X-Lernito-Signature is not the HMAC-SHA256, with the shared secret, of any text that we accept.',
    ...(hint && { hint }),
    tried,
  };
}

function hintFor(secrets: readonly string[], body: SignedBody, digest: Buffer): string | undefined {
  const signedBy = (keys: readonly string[], text: (form: SignatureForm) => string | Uint8Array) =>
    SIGNATURE_FORMS.some((form) => signerOf(keys, digest, text(form)) >= 0);
  if (signedBy(secrets, (form) => signedText(body, form))) {
    return 'The digest is right, but write it as 64 hex digits, without a prefix.';
  }
  return MISTAKES.find(({ signs, secret }) =>
    signedBy(secret ? secrets.map(secret) : secrets, (form) => signs(body, form)),
  )?.hint;
}

function withoutLineBreak(raw: Uint8Array): Uint8Array {
  const end = raw.at(-1) === 0x0a ? -1 : raw.length;
  return raw.subarray(0, raw.at(-2) === 0x0d && end < 0 ? -2 : end);
}

function styleOf(form: SignatureForm): typeof COMPACT {
  return form === 'spaced' ? SPACED : COMPACT;
}

function describe(form: SignatureForm, signed: string | Uint8Array): TriedForm {
  const bytes = Buffer.from(signed);
  return { form, bytes: bytes.length, text: bytes.toString('utf8', 0, SHOWN_CHARACTERS) };
}
