import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateMandate1767000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'mandate',
      columns: [
        primaryId('mandate'),
        // NULL until the gateway has it.
        varchar('gateway_id', 40, { isNullable: true }),
        varchar('plan_id', 40, { isNullable: true }),
        varchar('plan_key', 64),
        varchar('plan_name', 255),
        varchar('purpose', 16),
        varchar('reference', 64, { isNullable: true }),
        // Accounts without a key: they are closed, and money stays.
        reference('payer_id', { isNullable: true }),
        reference('payee_id', { isNullable: true }),
        { name: 'amount', type: 'bigint' },
        varchar('currency', 3),
        varchar('status', 16),
        { name: 'total_count', type: 'integer' },
        { name: 'paid_count', type: 'integer', default: 0 },
        instant('current_start', { isNullable: true }),
        instant('current_end', { isNullable: true }),
        instant('charge_at', { isNullable: true }),
        instant('start_at', { isNullable: true }),
        instant('ended_at', { isNullable: true }),
        flag('has_scheduled_changes', false),
        flag('ends_at_cycle', false),
        // Of the newest snapshot applied.
        instant('snapshot_at', { isNullable: true }),
        // What the gateway has yet to hear.
        varchar('wanted', 16, { isNullable: true }),
        varchar('short_url', 255, { isNullable: true }),
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [{ name: 'uq_mandate_gateway', columnNames: ['gateway_id'] }],
      indices: [
        { name: 'ix_mandate_payer', columnNames: ['payer_id'] },
        { name: 'ix_mandate_payee', columnNames: ['payee_id'] },
        { name: 'ix_mandate_reference', columnNames: ['purpose', 'reference'] },
        // The job that tells the gateway.
        { name: 'ix_mandate_wanted', columnNames: ['wanted', 'updated_at'] },
        { name: 'ix_mandate_status', columnNames: ['status', 'created_at'] },
      ],
      checks: [{ name: 'ck_mandate_amount', expression: 'amount > 0' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('mandate');
  }
}
