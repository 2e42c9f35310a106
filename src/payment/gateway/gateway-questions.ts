import type { PaymentLink } from '../apply/applied';
import { GatewayError } from './gateway-error';
import type { GatewayInvoice, GatewayPayment, PaymentGateway } from './payment-gateway';

/** Undefined where the gateway says no: it knows no such thing. */
export async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GatewayError && error.kind === 'refused') return undefined;
    throw error;
  }
}

/** Which mandate a payment is for. `known`: what was told with it. Throws GatewayError. */
export async function linkOf(
  gateway: Pick<PaymentGateway, 'invoice'>,
  { invoiceId }: Pick<GatewayPayment, 'invoiceId'>,
  known: { readonly mandateGatewayId?: string; readonly invoice?: GatewayInvoice } = {},
): Promise<PaymentLink> {
  const found =
    known.invoice ?? (invoiceId === null ? undefined : await unlessRefused(() => gateway.invoice(invoiceId)));
  return { mandateGatewayId: known.mandateGatewayId ?? found?.subscriptionId ?? undefined, invoice: found };
}
