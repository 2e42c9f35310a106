/**
 * What every connection is set to. By statements and not as start parameters, which poolers such as PgBouncer refuse.
 * Compiling a plan takes longer than our statements run, and planning a page of posts as long: what is prepared is
 * planned once, for any values, but for what is `replanned`.
 */
export const POSTGRES_SESSION = `set default_transaction_isolation = 'read committed'; set timezone = 'UTC';
  set statement_timeout = '30s'; set lock_timeout = '10s'; set idle_in_transaction_session_timeout = '60s';
  set jit = off; set plan_cache_mode = force_generic_plan`;

/** Around a statement that is planned for its values. Within a transaction that fails, the second is undone with it. */
export const POSTGRES_REPLAN = {
  before: 'set plan_cache_mode = force_custom_plan',
  after: 'set plan_cache_mode = force_generic_plan',
} as const;

export const MYSQL_ISOLATION = 'set session transaction isolation level read committed';

/**
 * The mode rules out silent truncation, and NO_BACKSLASH_ESCAPES, under which mysql2's escaping of values is unsafe. The
 * comment holds what only MariaDB knows.
 */
export const MYSQL_SESSION = `set session
  sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION',
  innodb_lock_wait_timeout = 10 /*M!100101 , max_statement_time = 30 */`;
