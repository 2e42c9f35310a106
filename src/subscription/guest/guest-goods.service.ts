import type { Currency } from '../../common/price';

/** Somebody who buys without an account. */
export interface Guest {
  /** The same whenever this checkout is asked for again. */
  readonly checkoutId: number;
  readonly email: string;
  readonly username: string;
}

/** What guests may buy beside tiers, as the module that sells it knows it. Bound in `app.module.ts`. */
export abstract class GuestGoods {
  /**
   * Drafts the order of a commission by `OrderService.draft`, with no payer, and gives its id: the guest's checkout makes
   * it at the gateway. Joins the running unit of work. 400 naming `commissionID` or `currency` where it is not on sale.
   */
  abstract open(guest: Guest, commissionId: number, currency: Currency | undefined): Promise<number>;

  /** Whether such an order may still be paid: until then the guest who asks again gets the same one. */
  abstract isOpen(orderId: number): Promise<boolean>;

  /**
   * The buyer of a paid order is known now, and is an account: whatever hangs on the order is the account's from here on.
   * Joins the running unit of work, in which the order and its payments get their payer.
   */
  abstract claim(orderId: number, accountId: number): Promise<void>;
}
