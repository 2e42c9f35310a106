import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, keyPart } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreatePostTier1765000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'post_tier',
      columns: [keyPart('post_tier', 'post_id'), keyPart('post_tier', 'tier_id')],
      // Does any post name this tier?
      indices: [{ name: 'ix_post_tier_tier', columnNames: ['tier_id'] }],
      foreignKeys: [
        foreignKey('post_tier', 'post_id', 'post', 'CASCADE'),
        foreignKey('post_tier', 'tier_id', 'tier', 'RESTRICT'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('post_tier');
  }
}
