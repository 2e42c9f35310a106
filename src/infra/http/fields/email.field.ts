import { domainToASCII } from 'node:url';
import { isIPv4, isIPv6 } from 'node:net';
import { emailKey } from '../../../common/normalise';
import { charCheck, type CharOptions } from './char.field';
import type { Check } from './refusal';

const MESSAGE = 'Enter a valid email address.';
/** Django's limit, the longest address of RFC 3696. */
const MAX_EMAIL = 320;
const USER = /^[-!#$%&'*+/=?^_`{}|~0-9A-Z]+(?:\.[-!#$%&'*+/=?^_`{}|~0-9A-Z]+)*$/i;
/** Django's also takes control characters, which no mail header should carry. */
const QUOTED_USER = /^"(?:[!#-[\]-~]|\\[!-~])*"$/;
const LABEL = /^[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?$/i;
/** The mapping of domains drops these, cuts off at them or decodes them: one mailbox would have many spellings. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;
const NO_NAME = /(?![a-z0-9.-])\p{ASCII}/iu;
const TOP_LEVEL = /^(?!-)[A-Z0-9-]{1,62}[A-Z0-9]$/i;

/** DRF's EmailField; whether the address exists is another question. */
export function emailCheck(options: CharOptions = {}): Check<string> {
  const { max = MAX_EMAIL } = options;
  return charCheck({ ...options, max }, [(text) => (isEmail(text) && keyFits(text, max) ? undefined : MESSAGE)]);
}

/** A domain grows when it is normalised or made ASCII; its key must fit where the address does. */
function keyFits(text: string, max: number): boolean {
  return emailKey(text).length <= Math.max(max, text.length);
}

/** Django's EmailValidator without its IDNA 2003: the WHATWG's domain mapping serves. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > MAX_EMAIL || UNSEEN.test(text)) return false;
  const user = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (!USER.test(user) && !QUOTED_USER.test(user)) return false;
  return domain === 'localhost' || isDomain(domain) || isLiteral(domain) || isForeignDomain(domain);
}

/** One that is not written in ASCII. */
function isForeignDomain(domain: string): boolean {
  return !NO_NAME.test(domain) && isDomain(domainToASCII(domain));
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  const top = labels.pop() ?? '';
  return labels.length > 0 && labels.every((label) => LABEL.test(label)) && TOP_LEVEL.test(top);
}

function isLiteral(domain: string): boolean {
  if (!domain.startsWith('[') || !domain.endsWith(']')) return false;
  const address = domain.slice(1, -1);
  return isIPv4(address) || (isIPv6(address) && !address.includes('%'));
}
