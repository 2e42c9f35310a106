import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, keyPart, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateCommentBan1765000000009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'comment_ban',
      columns: [
        // 0 = everywhere, by an administrator.
        keyPart('comment_ban', 'creator_id'),
        keyPart('comment_ban', 'account_id'),
        varchar('reason', 500),
        reference('banned_by'),
        instant('created_at'),
      ],
      indices: [{ name: 'ix_comment_ban_account', columnNames: ['account_id'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('comment_ban');
  }
}
