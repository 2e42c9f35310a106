import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foreignKey, instant, keyPart, reference, varchar } from '../src/infra/database/migration-columns';
import { createTable } from '../src/infra/database/migration-tools';

export class CreateParkedPayment1767000000007 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'parked_payment',
      columns: [
        keyPart('parked_payment', 'payment_id'),
        varchar('reason', 24),
        // What the payer told the gateway, until it is somebody's.
        varchar('email', 254, { isNullable: true }),
        varchar('email_key', 254, { isNullable: true }),
        varchar('contact', 32, { isNullable: true }),
        reference('noted_creator_id', { isNullable: true }),
        reference('assigned_to', { isNullable: true }),
        reference('assigned_by', { isNullable: true }),
        varchar('assigned_reason', 500, { isNullable: true }),
        instant('assigned_at', { isNullable: true }),
        instant('created_at'),
      ],
      indices: [{ name: 'ix_parked_payment_assigned', columnNames: ['assigned_at', 'payment_id'] }],
      foreignKeys: [foreignKey('parked_payment', 'payment_id', 'payment', 'RESTRICT')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('parked_payment');
  }
}
