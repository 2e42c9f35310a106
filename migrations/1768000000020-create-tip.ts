import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateTip1768000000020 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'tip',
      columns: [
        primaryId('tip'),
        // NULL: whose account is closed.
        reference('account_id', { isNullable: true }),
        // NULL until its payment says whom it is for.
        reference('creator_id', { isNullable: true }),
        reference('order_id', { isNullable: true }),
        { name: 'amount', type: 'bigint' },
        varchar('currency', 3),
        varchar('name', 100),
        varchar('message', 1000),
        flag('anonymous', false),
        flag('hide_amount', false),
        varchar('status', 16),
        instant('paid_at', { isNullable: true }),
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [{ name: 'uq_tip_order', columnNames: ['order_id'] }],
      indices: [
        // A creator's wall, newest first.
        { name: 'ix_tip_creator', columnNames: ['creator_id', 'status', 'paid_at', 'id'] },
        { name: 'ix_tip_account', columnNames: ['account_id', 'id'] },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('tip');
  }
}
