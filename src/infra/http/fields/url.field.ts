import { charCheck, type CharOptions } from './char.field';
import type { Check } from './refusal';

const MESSAGE = 'Enter a valid URL.';
const MAX_URL = 2048;
const UNSAFE = /[\s\\^`{|}<>"\p{Cc}]/u;
const HOST =
  /^(?:localhost|\[[0-9a-f:.]+\]|(?:\d{1,3}\.){3}\d{1,3}|(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9-]{2,63})\.?$/;

export interface UrlOptions extends Omit<CharOptions, 'trim'> {
  /** `http` and `https` unless told, without the colon. */
  readonly schemes?: readonly string[];
}

/** DRF's URLField, kept to the schemes that a browser may safely follow. */
export function urlCheck(options: UrlOptions = {}): Check<string> {
  const { schemes = ['http', 'https'], ...rest } = options;
  return charCheck({ max: MAX_URL, ...rest }, [(text) => (isUrl(text, schemes) ? undefined : MESSAGE)]);
}

function isUrl(text: string, schemes: readonly string[]): boolean {
  if (UNSAFE.test(text) || !/^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return schemes.includes(url.protocol.slice(0, -1)) && HOST.test(url.hostname);
}
