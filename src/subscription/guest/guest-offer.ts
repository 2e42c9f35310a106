import type { Guest } from './guest-goods.service';
import type { GuestCheckoutRow } from './guest-checkout.repository';

/** What is drafted: ours of the purchase, and of the order or the mandate that it is paid by. */
export type Drafted = Pick<GuestCheckoutRow, 'subscriptionId' | 'orderId' | 'mandateId'>;

/** Something that a guest may buy now. */
export interface Offer {
  /** The same for the same mailbox, goods and price. */
  readonly slot: string;
  readonly currency: string;
  readonly tierId: number | null;
  readonly commissionId: number | null;
  /** Whether a checkout that was opened before is still to be paid. */
  readonly isOpen: (known: GuestCheckoutRow) => Promise<boolean>;
  readonly draft: (guest: Guest) => Promise<Drafted>;
}
