import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, longText, primaryId, reference } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateBankDetails1768000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'bank_details',
      columns: [
        primaryId('bank_details'),
        reference('account_id'),
        longText('sealed'),
        instant('created_at'),
        instant('updated_at'),
      ],
      uniques: [{ name: 'uq_bank_details_account', columnNames: ['account_id'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('bank_details');
  }
}
