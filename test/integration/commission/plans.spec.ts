import { TypeOrmModule } from '@nestjs/typeorm';
import { CommissionOffer } from '../../../src/commission/offer/commission-offer.entity';
import { OfferRepository } from '../../../src/commission/offer/offer.repository';
import { CommissionOrder } from '../../../src/commission/order/commission-order.entity';
import { CommissionStep } from '../../../src/commission/order/commission-step.entity';
import { OrderListRepository } from '../../../src/commission/order/order-list.repository';
import { OrderRepository } from '../../../src/commission/order/order.repository';
import { FieldCipher } from '../../../src/infra/crypto/field-cipher';
import { describeOnPostgres } from '../../setup/on-postgres';
import { planOf } from '../../setup/plan-of';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

const PEOPLE = 5_000;
const PAGE = { page: 1, size: 20 };

const SEED = [
  `insert into account (username, username_key, email, email_key, email_verified_at, created_at, updated_at)
   select 'u' || n, 'u' || n, 'u' || n || '@example.com', 'u' || n || '@example.com', now(), now(), now()
     from generate_series(1, ${PEOPLE}) n`,
  `insert into commission_offer (creator_id, title, description, prices, delivery_modes, terms, created_at, updated_at)
   select id, 'Portrait', '', '[]', '[]', '', now(), now() from account cross join generate_series(1, 3)`,
  // Each offer was ordered by four, of whom one waits.
  `insert into commission_order (offer_id, creator_id, buyer_id, title, terms, delivery_mode, description, amount,
     currency, status, payment, due_at, created_at, updated_at)
   select o.id, o.creator_id, (o.id * 7 + n) % ${PEOPLE} + 1, o.title, '', '', '', 500, 'INR',
     case n when 1 then 'waitlisted' when 2 then 'ordered' else 'closed' end, 'unpaid',
     case n when 2 then now() + o.id * interval '1 minute' end, now(), now()
     from commission_offer o cross join generate_series(1, 4) n`,
  `insert into commission_step (order_id, status, actor, message, at)
   select id, status, 'buyer', '', now() from commission_order cross join generate_series(1, 2)`,
  'analyze',
];

const OWN_ORDERS = ['ix_commission_order_creator', 'ix_commission_order_buyer', 'pk_commission_order'];

describeOnPostgres('on large tables', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    const entities = TypeOrmModule.forFeature([CommissionOffer, CommissionOrder, CommissionStep]);
    const cipher = { provide: FieldCipher, useValue: new FieldCipher(['a-key']) };
    const providers = [OfferRepository, OrderRepository, OrderListRepository, cipher];
    test = await startTestDatabase({ imports: [entities], providers });
    for (const sql of SEED) await test.dataSource.query(sql);
  });

  it.each([
    ['one offer', `"commission-offer.by-id"(77)`, ['pk_commission_offer', 'pk_account']],
    ['the first page of all offers', `"commission-offer.all"(20, 0)`, ['Backward using pk_commission_offer']],
    ['what a creator offers', `"commission-offer.of-creator"(77, 20, 0)`, ['ix_commission_offer_creator']],
    ['how much that is', `"commission-offer.count-of"(77)`, ['ix_commission_offer_creator']],
    ['whether it was ordered', `"commission-offer.orders"(77)`, ['ix_commission_order_offer']],
    ['an order', `"commission-order.record"(77, 20)`, ['pk_commission_order']],
    ['what happened to it', `"commission-order.history"(77)`, ['ix_commission_step_order']],
    ['somebody’s orders', `"commission-order.page-of-both"(77, 20, 0, 20)`, OWN_ORDERS],
    ['what others ordered', `"commission-order.page-of-creator"(77, 20, 0)`, ['ix_commission_order_creator']],
    ['what somebody ordered', `"commission-order.page-of-buyer"(77, 20, 0)`, ['ix_commission_order_buyer']],
    ['how many', `"commission-order.count-of-both"(77)`, OWN_ORDERS.slice(0, 2)],
    ['a place in the row', `"commission-order.place"(77, 305)`, ['ix_commission_order_offer']],
    ['what is due', `"commission-order.due"(now(), '1970-01-01', 0, 100)`, ['ix_commission_order_due']],
    ['what is open of a buyer', `"commission-order.live-of-buyer"(77, 0, 100)`, ['ix_commission_order_buyer']],
    ['what is open of a creator', `"commission-order.live-of-creator"(77, 0, 100)`, ['ix_commission_order_creator']],
  ])('%s', async (_, execute, indexes) => {
    const [offers, orders, lists] = [
      test.get(OfferRepository),
      test.get(OrderRepository),
      test.get(OrderListRepository),
    ];
    const plan = await planOf(
      test,
      async () => {
        await offers.byId(77);
        await offers.all(PAGE);
        await offers.ofCreator(77, PAGE);
        await offers.ordersOf(77);
        for (const side of ['creator', 'buyer', 'both'] as const) await lists.page(77, side, PAGE);
        await lists.of(77, 20);
        await lists.history(77);
        const waiting = await orders.byId(305);
        if (waiting !== undefined) await orders.positionOf(waiting);
        await orders.due(new Date(0), { id: 0, dueAt: new Date(0) }, 100);
        await orders.liveOfBuyer(77, 0, 100);
        await orders.liveOfCreator(77, 0, 100);
      },
      execute,
    );
    for (const index of indexes) expect(plan).toContain(index);
    expect(plan).not.toMatch(/Seq Scan on commission_|Seq Scan on account/);
  });
});
