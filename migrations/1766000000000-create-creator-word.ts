import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keyPart } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateCreatorWord1766000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'creator_word',
      columns: [
        // By word first: a prefix is a range of the key.
        {
          name: 'word',
          type: 'varchar',
          length: '150',
          isPrimary: true,
          primaryKeyConstraintName: 'pk_creator_word',
        },
        keyPart('creator_word', 'account_id'),
      ],
      indices: [{ name: 'ix_creator_word_account', columnNames: ['account_id'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('creator_word');
  }
}
