import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateModerationAction1765000000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'moderation_action',
      columns: [
        primaryId('moderation_action'),
        reference('actor_id'),
        varchar('action', 16),
        varchar('subject_kind', 8),
        reference('subject_id'),
        // On whose page, and against whom.
        reference('creator_id'),
        reference('account_id'),
        varchar('reason', 500),
        instant('created_at'),
      ],
      indices: [
        // Why something was hidden.
        { name: 'ix_moderation_action_subject', columnNames: ['subject_kind', 'subject_id', 'id'] },
        { name: 'ix_moderation_action_creator', columnNames: ['creator_id', 'id'] },
        { name: 'ix_moderation_action_account', columnNames: ['account_id', 'id'] },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('moderation_action');
  }
}
