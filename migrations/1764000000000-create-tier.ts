import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  counter,
  flag,
  instant,
  longText,
  primaryId,
  reference,
  varchar,
} from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateTier1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'tier',
      columns: [
        primaryId('tier'),
        reference('creator_id'),
        varchar('name', 100),
        longText('description'),
        // The current prices as they are answered; `tier_price` keeps every version.
        longText('prices'),
        // Orders a creator's paid tiers from the cheapest.
        { name: 'price_rank', type: 'bigint', default: 0 },
        flag('is_public', false),
        { name: 'member_limit', type: 'integer', isNullable: true },
        counter('member_count'),
        longText('course_ids'),
        { name: 'version', type: 'integer', default: 1 },
        instant('archived_at', { isNullable: true }),
        instant('created_at'),
        instant('updated_at'),
      ],
      // A creator's tiers, and the cheapest that unlocks a post.
      indices: [{ name: 'ix_tier_creator', columnNames: ['creator_id', 'price_rank', 'id'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('tier');
  }
}
