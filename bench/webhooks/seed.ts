import { Client } from 'pg';
import { AMOUNT } from './event';

/** As many as no run uses up. */
export const ORDERS = 250_000;
const CREATORS = 200;
const PAYERS = 5_000;

/**
 * Tips that are ordered and not yet paid, of thousands of payers to hundreds of creators, past the API: the gateway
 * would be asked for each. The numbers of the orders are those of the events.
 */
export async function seedOrders(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const people = CREATORS + PAYERS;
  const { rows } = await client.query<{ id: string }>(
    `insert into account (username, username_key, email, email_key, email_verified_at, is_creator, created_at, updated_at)
     select name, name, mail, mail, now(), n <= $2, now(), now()
       from (select n, 'tipper' || n as name, 'tipper' || n || '@bench.example' as mail
               from generate_series(1, $1::int) n) people
     returning id`,
    [people, CREATORS],
  );
  const first = Math.min(...rows.map(({ id }) => Number(id)));
  const payer = `$2::bigint + ${CREATORS} + n % ${PAYERS}`;
  const creator = `$2::bigint + n % ${CREATORS}`;
  await client.query(
    `insert into tip (account_id, creator_id, amount, currency, name, message, status, created_at, updated_at)
     select ${payer}, ${creator}, ${AMOUNT}, 'INR', 'Member', 'check', 'pending', now(), now()
       from generate_series(1, $1::int) n order by n`,
    [ORDERS, first],
  );
  await client.query(
    `insert into payment_order (gateway_id, receipt, purpose, reference, payer_id, payee_id, amount, currency, capture,
       status, created_at, updated_at)
     select 'order_Bench' || lpad(n::text, 9, '0'), 'bench-' || n, 'tip', n::text, ${payer}, ${creator}, ${AMOUNT}, 'INR',
       'automatic', 'created', now(), now()
       from generate_series(1, $1::int) n order by n`,
    [ORDERS, first],
  );
  await client.query(`update tip set order_id = o.id from payment_order o where o.reference = tip.id::text`);
  // The bare server's own inbox: what it takes is not for the app to process.
  await client.query('create table bare_delivery (like webhook_delivery including all)');
  await client.query('vacuum analyze');
  await client.end();
}
