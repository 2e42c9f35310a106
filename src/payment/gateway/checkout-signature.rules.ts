import { hmacSha256, timingSafeEqualText } from '../../infra/crypto/digest';

const HEX_DIGEST = /^[0-9a-f]{64}$/i;

/** What the checkout of an order hands to the page: hexadecimal. `orderId` is the stored one, never the posted one. */
export function orderSignature(orderId: string, paymentId: string, keySecret: string): string {
  return hmacSha256(keySecret, `${orderId}|${paymentId}`).toString('hex');
}

/** The same for a subscription, where Razorpay puts the payment first. */
export function subscriptionSignature(subscriptionId: string, paymentId: string, keySecret: string): string {
  return hmacSha256(keySecret, `${paymentId}|${subscriptionId}`).toString('hex');
}

export function isOrderSignature(
  signature: string,
  signed: { readonly orderId: string; readonly paymentId: string },
  keySecret: string,
): boolean {
  return matches(signature, orderSignature(signed.orderId, signed.paymentId, keySecret));
}

export function isSubscriptionSignature(
  signature: string,
  signed: { readonly subscriptionId: string; readonly paymentId: string },
  keySecret: string,
): boolean {
  return matches(signature, subscriptionSignature(signed.subscriptionId, signed.paymentId, keySecret));
}

/** Constant time; hexadecimal in either case, and anything else is false. */
function matches(signature: string, expected: string): boolean {
  return HEX_DIGEST.test(signature) && timingSafeEqualText(signature.toLowerCase(), expected);
}
