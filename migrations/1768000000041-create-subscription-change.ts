import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateSubscriptionChange1768000000041 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'subscription_change',
      columns: [
        primaryId('subscription_change'),
        reference('subscription_id'),
        // Where it goes, and at which price.
        reference('tier_id'),
        reference('price_id'),
        { name: 'amount', type: 'bigint' },
        varchar('currency', 3),
        varchar('how', 16),
        varchar('applies', 16),
        instant('applies_at', { isNullable: true }),
        // What the member has agreed to.
        varchar('quote', 64),
        varchar('state', 16),
        // The subscription while the change is open, else NULL: so there is one at a time.
        reference('open_slot', { isNullable: true }),
        // The purchase that takes the place of the present one, where that can't be changed.
        reference('successor_id', { isNullable: true }),
        // How many months were paid when it was asked for.
        { name: 'paid_before', type: 'integer' },
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [
        { name: 'uq_subscription_change_open', columnNames: ['open_slot'] },
        { name: 'uq_subscription_change_successor', columnNames: ['successor_id'] },
      ],
      indices: [{ name: 'ix_subscription_change_subscription', columnNames: ['subscription_id', 'id'] }],
      foreignKeys: [
        foreignKey('subscription_change', 'subscription_id', 'subscription', 'RESTRICT'),
        foreignKey('subscription_change', 'tier_id', 'tier', 'RESTRICT'),
        foreignKey('subscription_change', 'price_id', 'tier_price', 'RESTRICT'),
      ],
      checks: [
        { name: 'ck_subscription_change_how', expression: "how in ('update', 'new_mandate')" },
        { name: 'ck_subscription_change_applies', expression: "applies in ('now', 'cycle_end')" },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('subscription_change');
  }
}
