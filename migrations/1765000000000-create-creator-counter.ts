import type { MigrationInterface, QueryRunner } from 'typeorm';
import { counter, keyPart } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateCreatorCounter1765000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'creator_counter',
      columns: [keyPart('creator_counter', 'account_id'), counter('follower_count'), counter('post_count')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('creator_counter');
  }
}
