import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, keyPart } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreatePostEarly1765000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'post_early',
      columns: [keyPart('post_early', 'post_id'), keyPart('post_early', 'tier_id'), instant('from_at')],
      indices: [{ name: 'ix_post_early_tier', columnNames: ['tier_id'] }],
      foreignKeys: [
        foreignKey('post_early', 'post_id', 'post', 'CASCADE'),
        foreignKey('post_early', 'tier_id', 'tier', 'RESTRICT'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('post_early');
  }
}
