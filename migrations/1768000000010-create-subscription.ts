import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, foreignKey, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateSubscription1768000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'subscription',
      columns: [
        primaryId('subscription'),
        reference('account_id'),
        reference('tier_id'),
        reference('creator_id'),
        varchar('kind', 16),
        // The version that is paid, whatever the tier costs later; a free one has none.
        reference('price_id', { isNullable: true }),
        { name: 'amount', type: 'bigint' },
        varchar('currency', 3),
        reference('mandate_id', { isNullable: true }),
        reference('order_id', { isNullable: true }),
        varchar('status', 16),
        varchar('reason', 32),
        // `<account>:<tier>` while it is the one that counts, else NULL: so a member has one in a tier.
        varchar('live_slot', 48, { isNullable: true }),
        flag('ends_at_cycle', false),
        // The end of what is paid, and of access; NULL = open, or none.
        instant('paid_until', { isNullable: true }),
        instant('access_until', { isNullable: true }),
        instant('past_due_at', { isNullable: true }),
        instant('ended_at', { isNullable: true }),
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [
        { name: 'uq_subscription_live', columnNames: ['live_slot'] },
        { name: 'uq_subscription_mandate', columnNames: ['mandate_id'] },
        { name: 'uq_subscription_order', columnNames: ['order_id'] },
      ],
      indices: [
        { name: 'ix_subscription_account', columnNames: ['account_id', 'id'] },
        // The checkouts that hold a seat of a tier.
        { name: 'ix_subscription_tier', columnNames: ['tier_id', 'status', 'created_at'] },
        // The job that ends what has run out.
        { name: 'ix_subscription_due', columnNames: ['status', 'access_until'] },
      ],
      foreignKeys: [
        foreignKey('subscription', 'tier_id', 'tier', 'RESTRICT'),
        foreignKey('subscription', 'price_id', 'tier_price', 'RESTRICT'),
      ],
      checks: [{ name: 'ck_subscription_kind', expression: "kind in ('recurring', 'one_time', 'free')" }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('subscription');
  }
}
