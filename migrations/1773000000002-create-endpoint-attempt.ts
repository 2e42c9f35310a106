import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, primaryId, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateEndpointAttempt1773000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'endpoint_attempt',
      columns: [
        primaryId('endpoint_attempt'),
        reference('delivery_id'),
        { name: 'status', type: 'integer', isNullable: true },
        varchar('error', 255, { isNullable: true }),
        { name: 'ms', type: 'integer' },
        instant('at'),
      ],
      indices: [{ name: 'ix_endpoint_attempt_delivery', columnNames: ['delivery_id', 'id'] }],
      foreignKeys: [foreignKey('endpoint_attempt', 'delivery_id', 'endpoint_delivery', 'CASCADE')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('endpoint_attempt');
  }
}
