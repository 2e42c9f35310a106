import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, keyPart } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateFollow1765000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'follow',
      columns: [keyPart('follow', 'follower_id'), keyPart('follow', 'creator_id'), instant('created_at')],
      // Followers over time.
      indices: [{ name: 'ix_follow_creator', columnNames: ['creator_id', 'created_at'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('follow');
  }
}
