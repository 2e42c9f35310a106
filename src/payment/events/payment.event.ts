import type { Purpose } from '../purpose';

/** Of facts that tell what was paid for: whether it was this. */
export const isFor =
  (purpose: Purpose) =>
  (fact: { readonly purpose: Purpose }): boolean =>
    fact.purpose === purpose;

/** What the facts of a payment tell. Ids are ours, instants ISO 8601, amounts in minor units. */
export type PaymentPayload = {
  payment_id: number;
  order_id: number | null;
  mandate_id: number | null;
  purpose: Purpose;
  /** The consumer's own id of what is paid for. */
  reference: string | null;
  payer_id: number | null;
  payee_id: number | null;
  amount: number;
  currency: string;
  /** What a mandate's payment pays for. */
  period_start: string | null;
  period_end: string | null;
  /** When the payer paid, or tried. */
  at: string;
};
