import type { ColumnOptions } from 'typeorm';
import { dialect } from '../config/dialect';

const isMysql = dialect === 'mysql';

/** Instants, written by the app from its Clock, in milliseconds. */
export const timestampType = isMysql ? 'datetime' : 'timestamptz';
export const jsonType = isMysql ? 'json' : 'jsonb';
/** Text without a bound of its own; MySQL's plain `text` ends at 64 KiB. */
export const longTextType = isMysql ? 'longtext' : 'text';
export const binaryType = isMysql ? 'longblob' : 'bytea';

/** `@Column(timestampColumn)`, or `@Column({ ...timestampColumn, nullable: true })`; the same in migrations. */
export const timestampColumn = { type: timestampType, precision: 3 } as const satisfies ColumnOptions;
export const jsonColumn = { type: jsonType } as const satisfies ColumnOptions;
export const longTextColumn = { type: longTextType } as const satisfies ColumnOptions;
/** Ids and references to them: numbers in JavaScript, on every dialect. */
export const idColumn = { type: 'bigint' } as const satisfies ColumnOptions;
