/** Razorpay's price: 2 % of the payment, and 18 % GST on that. Whole minor units; `fee` includes `tax`. */
export function feeOf(amount: number): { readonly fee: number; readonly tax: number } {
  const price = Math.round((amount * 2) / 100);
  const tax = Math.round((price * 18) / 100);
  return { fee: price + tax, tax };
}
