import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { dialect } from '../src/infra/config/dialect';
import { instant } from '../src/infra/database/migration-columns';

const TABLE = 'subscription';

/** A guest's purchase is nobody's until somebody comes for it, and from then on runs what was paid once. */
export class LetPurchasesWait1768000000031 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await account(queryRunner, true);
    await queryRunner.addColumn(TABLE, new TableColumn(instant('opened_at', { isNullable: true })));
  }

  /** What nobody has come for is lost here; its money stays in the ledger. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn(TABLE, 'opened_at');
    const waiting = 'select id from subscription where account_id is null';
    await queryRunner.query(`delete from guest_checkout where subscription_id in (${waiting})`);
    await queryRunner.query('delete from subscription where account_id is null');
    await account(queryRunner, false);
  }
}

async function account(queryRunner: QueryRunner, isNullable: boolean): Promise<void> {
  const postgres = `alter column account_id ${isNullable ? 'drop' : 'set'} not null`;
  const mysql = `modify account_id bigint ${isNullable ? 'null' : 'not null'}`;
  await queryRunner.query(`alter table subscription ${dialect === 'postgres' ? postgres : mysql}`);
}
