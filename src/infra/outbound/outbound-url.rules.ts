const MAX_LENGTH = 2_000;

/** Why a text is no URL that we would call, or undefined. Where it leads is seen only when it is called. */
export function urlFault(text: string, mayBeHttp: boolean): string | undefined {
  if (text.length > MAX_LENGTH) return `Ensure this field has no more than ${MAX_LENGTH} characters.`;
  if (!URL.canParse(text)) return 'Enter a valid URL.';
  const { protocol, username, password, hash } = new URL(text);
  if (protocol !== 'https:' && !(mayBeHttp && protocol === 'http:')) return 'The URL must begin with https://.';
  if (username !== '' || password !== '') return 'The URL must not hold a username or a password.';
  return hash === '' ? undefined : 'The URL must not hold a fragment.';
}
