import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateGuestCheckout1768000000030 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'guest_checkout',
      columns: [
        primaryId('guest_checkout'),
        // Whom it waits for; NULL once that is known, or it waits no more.
        varchar('email', 254, { isNullable: true }),
        varchar('email_key', 254, { isNullable: true }),
        varchar('phone', 32, { isNullable: true }),
        varchar('username', 32),
        varchar('kind', 16),
        reference('tier_id', { isNullable: true }),
        reference('commission_id', { isNullable: true }),
        varchar('currency', 3),
        reference('subscription_id', { isNullable: true }),
        reference('order_id', { isNullable: true }),
        reference('mandate_id', { isNullable: true }),
        // `open:…` while it may be paid, `paid:…` while a tier waits to be claimed: so there is one of each.
        varchar('slot', 120, { isNullable: true }),
        instant('paid_at', { isNullable: true }),
        // The newest payment that a mail has told of.
        reference('mailed_for', { isNullable: true }),
        reference('claimed_by', { isNullable: true }),
        instant('claimed_at', { isNullable: true }),
        instant('returned_at', { isNullable: true }),
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [
        { name: 'uq_guest_checkout_username', columnNames: ['username'] },
        { name: 'uq_guest_checkout_slot', columnNames: ['slot'] },
        { name: 'uq_guest_checkout_subscription', columnNames: ['subscription_id'] },
        { name: 'uq_guest_checkout_order', columnNames: ['order_id'] },
        { name: 'uq_guest_checkout_mandate', columnNames: ['mandate_id'] },
      ],
      indices: [
        // What waits for a mailbox.
        { name: 'ix_guest_checkout_email', columnNames: ['email_key', 'paid_at'] },
        // The job that forgets what nobody has paid.
        { name: 'ix_guest_checkout_unpaid', columnNames: ['paid_at', 'created_at'] },
      ],
      foreignKeys: [foreignKey('guest_checkout', 'subscription_id', 'subscription', 'RESTRICT')],
      checks: [{ name: 'ck_guest_checkout_kind', expression: "kind in ('recurring', 'oneTime', 'commission', 'tip')" }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('guest_checkout');
  }
}
