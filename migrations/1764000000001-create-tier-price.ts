import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateTierPrice1764000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'tier_price',
      columns: [
        primaryId('tier_price'),
        reference('tier_id'),
        varchar('currency', 3),
        { name: 'amount', type: 'bigint' },
        { name: 'version', type: 'integer' },
        // The currency while this is the price of today, else NULL: so a tier has one price of each.
        varchar('current_slot', 3, { isNullable: true }),
        instant('created_at'),
        instant('replaced_at', { isNullable: true }),
      ],
      uniques: [
        { name: 'uq_tier_price_version', columnNames: ['tier_id', 'currency', 'version'] },
        { name: 'uq_tier_price_current', columnNames: ['tier_id', 'current_slot'] },
      ],
      foreignKeys: [foreignKey('tier_price', 'tier_id', 'tier', 'RESTRICT')],
      checks: [{ name: 'ck_tier_price_amount', expression: 'amount >= 100' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('tier_price');
  }
}
