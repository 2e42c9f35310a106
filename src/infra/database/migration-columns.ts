import type { TableColumnOptions, TableForeignKeyOptions } from 'typeorm';
import { longTextType, timestampType } from './column-types';
import { idColumnOf } from './migration-tools';

interface Nullable {
  readonly isNullable?: boolean;
}

/** `id bigint` that the database counts up, with its key named after the table. */
export function primaryId(table: string): TableColumnOptions {
  return { ...idColumnOf(), primaryKeyConstraintName: `pk_${table}` };
}

/** A part of a primary key of several columns. */
export function keyPart(table: string, name: string): TableColumnOptions {
  return { name, type: 'bigint', isPrimary: true, primaryKeyConstraintName: `pk_${table}` };
}

export function reference(name: string, options: Nullable = {}): TableColumnOptions {
  return { name, type: 'bigint', ...options };
}

export function varchar(name: string, length: number, options: Nullable = {}): TableColumnOptions {
  return { name, type: 'varchar', length: String(length), ...options };
}

export function longText(name: string, options: Nullable = {}): TableColumnOptions {
  return { name, type: longTextType, ...options };
}

export function instant(name: string, options: Nullable = {}): TableColumnOptions {
  return { name, type: timestampType, precision: 3, ...options };
}

/** A number of rows, kept in the transaction that changes it. */
export function counter(name: string): TableColumnOptions {
  return { name, type: 'integer', default: 0 };
}

export function flag(name: string, value: boolean): TableColumnOptions {
  return { name, type: 'boolean', default: value };
}

export function foreignKey(
  table: string,
  column: string,
  target: string,
  onDelete: 'CASCADE' | 'RESTRICT',
): TableForeignKeyOptions {
  return {
    name: `fk_${table}_${target}`,
    columnNames: [column],
    referencedTableName: target,
    referencedColumnNames: ['id'],
    onDelete,
  };
}
