interface DriverError {
  /** PostgreSQL: SQLSTATE; MySQL and the socket: a name such as ER_DUP_ENTRY or ECONNREFUSED. */
  readonly code?: string;
  readonly errno?: number;
  readonly constraint?: string;
  readonly message?: string;
  /** TypeORM wraps what the driver threw. */
  readonly driverError?: unknown;
}

const MYSQL_DUPLICATE = 1062;
/** From PostgreSQL 18 on, `on delete restrict` has a state of its own. */
const RESTRICT_STATE = '23001';
const FOREIGN_KEY_STATE = '23503';
const MYSQL_FOREIGN_KEY = new Set([1216, 1217, 1451, 1452]);
/** foreign_key_violation; restrict_violation, which newer servers say of a key that restricts. */
const REFERENCED_STATES = new Set(['23503', '23001']);
/** A parent row can't be deleted, with the key's name and without it. */
const REFERENCED_NUMBERS = new Set([1451, 1217]);
/** serialization_failure, deadlock_detected, lock_not_available. */
const RETRYABLE_STATES = new Set(['40001', '40P01', '55P03']);
/** Lock wait timeout, deadlock, changed since read; 1467 is how MariaDB words a deadlock over a table's counter. */
const RETRYABLE_NUMBERS = new Set([1205, 1213, 1020, 1467]);
/** Refused, reset, starting up, shutting down, too many connections, gone away. */
const UNAVAILABLE =
  /^(?:ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|PROTOCOL_CONNECTION_LOST|ER_CON_COUNT_ERROR|ER_SERVER_SHUTDOWN|08\w{3}|57P0[123]|53300)$/;

/** True for a duplicate key; with a name, only where that unique constraint or index was hit. */
export function isUniqueViolation(error: unknown, constraintName?: string): boolean {
  const { code, errno, constraint, message } = driverError(error);
  if (code === '23505') return constraintName === undefined || constraint === constraintName;
  if (errno !== MYSQL_DUPLICATE) return false;
  return constraintName === undefined || duplicateKeyName(message) === constraintName;
}

/** True where a row could not be deleted because others name it. */
export function isStillReferenced(error: unknown): boolean {
  const { code, errno } = driverError(error);
  return (code !== undefined && REFERENCED_STATES.has(code)) || (errno !== undefined && REFERENCED_NUMBERS.has(errno));
}

/** True where a row is still named by others, or names one that isn't there. */
export function isForeignKeyViolation(error: unknown): boolean {
  const { code, errno } = driverError(error);
  return code === FOREIGN_KEY_STATE || code === RESTRICT_STATE || MYSQL_FOREIGN_KEY.has(errno ?? 0);
}

/** True where the same work, done again, may succeed: deadlocks, serialisation failures, lock waits that ran out. */
export function isRetryable(error: unknown): boolean {
  const { code, errno } = driverError(error);
  return (code !== undefined && RETRYABLE_STATES.has(code)) || (errno !== undefined && RETRYABLE_NUMBERS.has(errno));
}

/** True where the server can't be reached or takes no work at the moment. */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = driverError(error);
  return (
    (code !== undefined && UNAVAILABLE.test(code)) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(message ?? '')
  );
}

function driverError(error: unknown): DriverError {
  if (typeof error !== 'object' || error === null) return {};
  const { driverError: wrapped }: DriverError = error;
  return typeof wrapped === 'object' && wrapped !== null ? wrapped : error;
}

/** `Duplicate entry 'x' for key 'table.name'` (MySQL 8) or `… for key 'name'` (MariaDB). */
function duplicateKeyName(message: string | undefined): string | undefined {
  return /for key '(?:[^'.]*\.)?([^']+)'$/.exec(message ?? '')?.[1];
}
