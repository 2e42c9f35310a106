import type { MigrationInterface, QueryRunner } from 'typeorm';
import { counter, instant, longText, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateCommissionOffer1771000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'commission_offer',
      columns: [
        primaryId('commission_offer'),
        reference('creator_id'),
        varchar('title', 200),
        longText('description'),
        // JSON: [{currency, amount}], the one at home first.
        longText('prices'),
        // JSON: [{id, name}].
        longText('delivery_modes'),
        // How many orders at once; NULL = any number.
        { name: 'slots', type: 'integer', isNullable: true },
        counter('taken'),
        longText('terms'),
        { name: 'version', type: 'integer', default: 1 },
        instant('archived_at', { isNullable: true }),
        instant('created_at'),
        instant('updated_at'),
      ],
      indices: [{ name: 'ix_commission_offer_creator', columnNames: ['creator_id', 'id'] }],
      checks: [{ name: 'ck_commission_offer_taken', expression: 'taken >= 0 and (slots is null or taken <= slots)' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('commission_offer');
  }
}
