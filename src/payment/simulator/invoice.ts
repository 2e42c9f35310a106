import type { Invoice } from './entities';
import type { InvoiceRow, OrderRow, SubscriptionRow } from './store';
import type { World } from './world';

interface Cycle {
  readonly start: number;
  readonly end: number;
}

/** The bill of one cycle. */
export function issueInvoice(
  { ids, clock, store, url }: World,
  subscription: SubscriptionRow,
  order: OrderRow,
  cycle: Cycle,
): InvoiceRow {
  const { wire, plan } = subscription;
  const now = clock.now();
  const { amount, currency } = order.wire;
  const id = ids.make('inv');
  const invoice: Invoice = {
    id,
    entity: 'invoice',
    receipt: null,
    invoice_number: null,
    customer_id: wire.customer_id,
    customer_details: customerDetails(subscription, store.customers.find(wire.customer_id ?? '')?.wire),
    order_id: order.wire.id,
    subscription_id: wire.id,
    line_items: [
      {
        id: ids.make('li'),
        item_id: null,
        ref_id: null,
        ref_type: null,
        name: plan.item.name,
        description: plan.item.description,
        amount: plan.item.amount,
        unit_amount: plan.item.amount,
        gross_amount: amount,
        tax_amount: 0,
        taxable_amount: amount,
        net_amount: amount,
        currency,
        type: 'plan',
        tax_inclusive: false,
        hsn_code: null,
        sac_code: null,
        tax_rate: null,
        unit: null,
        quantity: wire.quantity,
        taxes: [],
      },
    ],
    payment_id: null,
    status: 'issued',
    expire_by: null,
    issued_at: now,
    paid_at: null,
    cancelled_at: null,
    expired_at: null,
    sms_status: null,
    email_status: null,
    date: now,
    terms: null,
    partial_payment: false,
    gross_amount: amount,
    tax_amount: 0,
    taxable_amount: amount,
    amount,
    amount_paid: 0,
    amount_due: amount,
    currency,
    currency_symbol: currency === 'INR' ? '₹' : currency,
    description: null,
    notes: [],
    comment: null,
    short_url: `${url}/checkout?invoice_id=${id}`,
    view_less: true,
    billing_start: cycle.start,
    billing_end: cycle.end,
    type: 'invoice',
    group_taxes_discounts: false,
    created_at: now,
    idempotency_key: null,
  };
  const row = store.invoices.add({ wire: invoice, order, subscription });
  subscription.invoices.push(row);
  return row;
}

function customerDetails(
  { wire }: SubscriptionRow,
  customer: { name: string | null; email: string | null; contact: string | null } | undefined,
): Record<string, string | null> {
  const { name = null, email = null, contact = null } = customer ?? {};
  return {
    id: wire.customer_id,
    name,
    email,
    contact,
    gstin: null,
    billing_address: null,
    shipping_address: null,
    customer_name: name,
    customer_email: email,
    customer_contact: contact,
  };
}
