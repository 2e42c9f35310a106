import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, longText, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateCommissionOrder1771000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'commission_order',
      columns: [
        primaryId('commission_order'),
        reference('offer_id'),
        reference('creator_id'),
        // NULL: whose account is closed.
        reference('buyer_id', { isNullable: true }),
        // What was agreed, whatever becomes of the offer.
        varchar('title', 200),
        longText('terms'),
        varchar('delivery_mode', 100),
        longText('description'),
        // Contact details, encrypted; NULL: they were let go of.
        longText('sealed', { isNullable: true }),
        { name: 'amount', type: 'bigint' },
        varchar('currency', 3),
        reference('payment_order_id', { isNullable: true }),
        varchar('status', 16),
        varchar('payment', 16),
        // `<offer>:<buyer>` while nothing is paid, else NULL: so somebody asks once at a time.
        varchar('open_key', 48, { isNullable: true }),
        // When the payment was made that is held; when its creator said yes to it; when it was warned of its end.
        instant('held_at', { isNullable: true }),
        instant('accepting_at', { isNullable: true }),
        instant('warned_at', { isNullable: true }),
        // When the house has to look at it; NULL = never.
        instant('due_at', { isNullable: true }),
        { name: 'revisions', type: 'integer', default: 0 },
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [
        { name: 'uq_commission_order_open', columnNames: ['open_key'] },
        { name: 'uq_commission_order_payment', columnNames: ['payment_order_id'] },
      ],
      indices: [
        // The waitlist of an offer, first come first served.
        { name: 'ix_commission_order_offer', columnNames: ['offer_id', 'status', 'id'] },
        { name: 'ix_commission_order_creator', columnNames: ['creator_id', 'id'] },
        { name: 'ix_commission_order_buyer', columnNames: ['buyer_id', 'id'] },
        { name: 'ix_commission_order_due', columnNames: ['due_at', 'id'] },
      ],
      foreignKeys: [foreignKey('commission_order', 'offer_id', 'commission_offer', 'RESTRICT')],
      checks: [{ name: 'ck_commission_order_amount', expression: 'amount >= 100' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('commission_order');
  }
}
