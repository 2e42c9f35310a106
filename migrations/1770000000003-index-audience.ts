import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** Who is told of a creator's post, in an order that is read on from anywhere. */
const INDICES = [
  { table: 'follow', name: 'ix_follow_creator_follower', columnNames: ['creator_id', 'follower_id'] },
  { table: 'membership', name: 'ix_membership_creator_account', columnNames: ['creator_id', 'account_id'] },
];

export class IndexAudience1770000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const { table, ...index } of INDICES) await queryRunner.createIndex(table, new TableIndex(index));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const { table, name } of INDICES) await queryRunner.dropIndex(table, name);
  }
}
