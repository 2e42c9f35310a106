import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keyPart } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateCreatorTrigram1766000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'creator_trigram',
      columns: [
        // By trigram first: a name with a typo is found by those it shares, a beginning of one or two letters by one.
        {
          name: 'trigram',
          type: 'varchar',
          length: '3',
          isPrimary: true,
          primaryKeyConstraintName: 'pk_creator_trigram',
        },
        keyPart('creator_trigram', 'account_id'),
      ],
      indices: [{ name: 'ix_creator_trigram_account', columnNames: ['account_id'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('creator_trigram');
  }
}
