import type { GatewayInvoice } from '../gateway/payment-gateway';

/** What a snapshot of the gateway did to our rows. */
export interface Applied {
  /** False: we knew it all. */
  readonly changed: boolean;
  /** Ours. */
  readonly paymentId: number | null;
}

/** What the gateway says of a payment elsewhere. */
export interface PaymentLink {
  /** The gateway's id of the subscription that was charged. */
  readonly mandateGatewayId?: string;
  readonly invoice?: GatewayInvoice;
}
