import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keyPart, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateAccountPicture1764500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'account_picture',
      // Without a foreign key: it outlives its account until the file is removed.
      columns: [keyPart('account_picture', 'account_id'), varchar('storage_key', 128)],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('account_picture');
  }
}
