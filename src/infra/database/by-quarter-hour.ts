import { BUCKET_SECONDS } from '../../common/local-day';
import { statement, type Statement } from './statement';
import { toMysql } from './mysql-text';

type BucketOf = (column: string) => string;

const ON_POSTGRES: BucketOf = (column) => `floor(extract(epoch from ${column}) / ${BUCKET_SECONDS})::bigint`;
const ON_MYSQL: BucketOf = (column) => `timestampdiff(second, '1970-01-01', ${column}) div ${BUCKET_SECONDS}`;

/**
 * A statement that tells the quarter hour of an instant, counted from 1970 in UTC: `text` is given the SQL expression for
 * it. Days of a time zone are put together from them, since MySQL need not know of time zones.
 */
export function byQuarterHour(name: string, text: (bucketOf: BucketOf) => string): Statement {
  return statement(name, text(ON_POSTGRES), toMysql(text(ON_MYSQL)));
}

/**
 * The same, for sums of many rows: PostgreSQL tells the first quarter hour of the day instead. `days` is the placeholder
 * of the first quarter hours of all days, in their order; nothing lies before them.
 */
export function byDay(name: string, days: string, text: (bucketOf: BucketOf) => string): Statement {
  const onPostgres: BucketOf = (column) =>
    `(${days}::bigint[])[width_bucket(${ON_POSTGRES(column)}, ${days}::bigint[])]`;
  return statement(name, text(onPostgres), toMysql(text(ON_MYSQL)));
}
