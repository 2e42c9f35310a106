import { positional, toMysql, type MysqlText } from './mysql-text';

export interface Statement {
  readonly name: string;
  readonly postgres: string;
  readonly mysql: string;
  /** `mysql` with `?` in place of `$n`, made once. */
  readonly mysqlText: MysqlText;
  /** Whether PostgreSQL is to plan it for its values every time, and not to keep a plan for all of them. */
  readonly replanned?: boolean;
}

/** PostgreSQL cuts names of prepared statements at 63 bytes, and two that agree up to there would be one. */
const LONGEST_NAME = 60;
const known = new Map<string, string>();

/**
 * A statement as a constant at the top of a file: `statement('account.by-email', 'select … where email_key = $1')`.
 * `$1..$n` are the placeholders on every dialect. The name is the key of PostgreSQL's prepared statement: one name, one
 * text, in the whole process. Without `mysqlText` the text is translated by the rules of mysql-text.ts.
 */
export function statement(name: string, text: string, mysqlText = toMysql(text)): Statement {
  if (name.length > LONGEST_NAME) throw new Error(`Statement name longer than ${LONGEST_NAME} characters: ${name}`);
  if ((known.get(name) ?? text) !== text) throw new Error(`Two statements are named ${name}`);
  known.set(name, text);
  return { name, postgres: text, mysql: mysqlText, mysqlText: positional(mysqlText) };
}

/** For the few statements whose best plan depends on what is asked for; planning takes some milliseconds. */
export function replanned(name: string, text: string, mysqlText?: string): Statement {
  return { ...statement(name, text, mysqlText), replanned: true };
}

/** PostgreSQL's text of a statement whose file has been loaded: a bench does what the application does. */
export function textOf(name: string): string {
  const text = known.get(name);
  if (text === undefined) throw new Error(`No statement is named ${name}`);
  return text;
}
