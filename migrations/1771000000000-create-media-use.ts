import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, keyPart, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateMediaUse1771000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const key = { isPrimary: true, primaryKeyConstraintName: 'pk_media_use' };
    await createTable(queryRunner, {
      name: 'media_use',
      columns: [
        // What kind of thing shows the file, other than a post, and which.
        { ...varchar('holder', 24), ...key },
        keyPart('media_use', 'holder_id'),
        keyPart('media_use', 'media_id'),
        { name: 'position', type: 'integer' },
      ],
      indices: [{ name: 'ix_media_use_media', columnNames: ['media_id'] }],
      foreignKeys: [foreignKey('media_use', 'media_id', 'media', 'RESTRICT')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('media_use');
  }
}
