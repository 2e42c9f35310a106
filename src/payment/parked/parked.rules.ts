/** The gateway gives back what nobody has captured by then. */
const CAPTURE_WINDOW_MS = 3 * 86_400_000;

export interface Waiting {
  readonly status: string;
  readonly paidAt: Date;
}

/** Until when the money has to be captured; null where there is nothing to be captured, or no longer. */
export function capturesBefore({ status, paidAt }: Waiting): Date | null {
  return status === 'authorized' ? new Date(paidAt.getTime() + CAPTURE_WINDOW_MS) : null;
}

/** `p***@example.org`: enough to recognise somebody who says that the money is theirs. */
export function maskedEmail(email: string | null): string | null {
  if (email === null) return null;
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${String.fromCodePoint(email.codePointAt(0) ?? 0)}***${email.slice(at)}`;
}

/** `***0000`. */
export function maskedContact(contact: string | null): string | null {
  if (contact === null) return null;
  return contact.length < 8 ? '***' : `***${contact.slice(-4)}`;
}
