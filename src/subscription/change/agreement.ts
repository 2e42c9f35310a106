import type { MandateCheckout } from '../../payment/mandate/mandate.service';
import type { Wish } from './change-quote.service';
import type { ChangeRow } from './subscription-change.repository';

/** What a member agrees to. */
export interface Agreement extends Wish {
  /** The token of the preview. */
  readonly quote: string;
}

export interface Agreed {
  readonly change: ChangeRow;
  /** Where it has to be authorised anew, and is not yet. */
  readonly checkout: MandateCheckout | undefined;
}
