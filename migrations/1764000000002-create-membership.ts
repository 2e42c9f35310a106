import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, primaryId, reference } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateMembership1764000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'membership',
      columns: [
        primaryId('membership'),
        reference('account_id'),
        reference('tier_id'),
        reference('creator_id'),
        // The latest end of what holds it; NULL = open.
        instant('access_until', { isNullable: true }),
        instant('started_at'),
        // Set when nothing holds it any more.
        instant('ended_at', { isNullable: true }),
        instant('created_at'),
        instant('updated_at'),
      ],
      // One membership of a person in a tier, whatever grants it.
      uniques: [{ name: 'uq_membership_account_tier', columnNames: ['account_id', 'tier_id'] }],
      indices: [
        // Is this account a member of that creator?
        { name: 'ix_membership_account_creator', columnNames: ['account_id', 'creator_id'] },
        { name: 'ix_membership_tier', columnNames: ['tier_id'] },
        // Members over time.
        { name: 'ix_membership_creator', columnNames: ['creator_id', 'started_at'] },
        // The job that ends what has run out.
        { name: 'ix_membership_due', columnNames: ['ended_at', 'access_until'] },
      ],
      foreignKeys: [foreignKey('membership', 'tier_id', 'tier', 'RESTRICT')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('membership');
  }
}
