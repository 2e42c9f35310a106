import type { Card, Method, Payment } from './entities';
import type { Ids } from './ids';

type Details = Pick<Payment, 'card_id' | 'card' | 'bank' | 'wallet' | 'vpa' | 'acquirer_data'>;

/** What a payment says of the way it was paid. */
export function detailsOf(method: Method, international: boolean, ids: Ids): Details {
  const none = { card_id: null, bank: null, wallet: null, vpa: null };
  switch (method) {
    case 'card': {
      const card = cardOf(ids.make('card'), international);
      return { ...none, card_id: card.id, card, acquirer_data: { auth_code: ids.digits(6) } };
    }
    case 'upi':
      return { ...none, vpa: 'success@razorpay', acquirer_data: { rrn: ids.digits(12) } };
    case 'netbanking':
    case 'emandate':
      return { ...none, bank: 'HDFC', acquirer_data: { bank_transaction_id: ids.digits(10) } };
    case 'wallet':
      return { ...none, wallet: 'airtelmoney', acquirer_data: { transaction_id: null } };
  }
}

function cardOf(id: string, international: boolean): Card {
  return {
    id,
    entity: 'card',
    name: 'Test Payer',
    last4: international ? '3335' : '1111',
    network: 'Visa',
    type: 'credit',
    issuer: international ? null : 'HDFC',
    international,
    emi: false,
    sub_type: 'consumer',
  };
}
