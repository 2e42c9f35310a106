/** What the facts of a commission tell. Ids are ours, instants ISO 8601, amounts in minor units. */
export type CommissionPayload = {
  order_id: number;
  offer_id: number;
  /** Of the offer, when it was ordered. */
  title: string;
  creator_id: number;
  /** Null where the account is closed. */
  buyer_id: number | null;
  /** Who brought it about; `house`: time, the gateway, or a closed account. */
  actor: 'creator' | 'buyer' | 'house';
  /** `unpaid`: its creator has never heard of it. */
  payment: 'unpaid' | 'authorized' | 'captured' | 'released' | 'refunded';
  amount: number;
  currency: string;
  /** When it ends by itself, unless somebody takes the next step. */
  due_at: string | null;
  at: string;
};
