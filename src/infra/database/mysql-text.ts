/** A statement as mysql2 takes it: `?` in the text, and for each of them the index of its value. */
export interface MysqlText {
  readonly sql: string;
  readonly order: readonly number[];
}

const PLACEHOLDER = /\$(\d+)/g;

/**
 * PostgreSQL's spelling to MySQL's, as far as it goes by rule: `$n` to `?`, casts dropped, `= any($1)` to `in (?)`,
 * `<> all($1)` to `not in (?)`, `for key share` and `for no key update` to the locks that come next, the makers of JSON by
 * their names, a final `returning` dropped (the id comes back as insertId). Everything else is written twice by the author.
 */
export function toMysql(text: string): string {
  return text
    .replace(/=\s*any\s*\(\s*(\$\d+)(?:::\w+(?:\[\])?)?\s*\)/gi, 'in ($1)')
    .replace(/<>\s*all\s*\(\s*(\$\d+)(?:::\w+(?:\[\])?)?\s*\)/gi, 'not in ($1)')
    .replace(/\bfor key share\b/gi, 'lock in share mode')
    .replace(/\bfor no key update\b/gi, 'for update')
    .replace(/\bjson_agg\(/gi, 'json_arrayagg(')
    .replace(/\bjson_build_array\(/gi, 'json_array(')
    .replace(/::\w+(?:\(\d+\))?(?:\[\])?/g, '')
    .replace(/\s+returning\s+[\w\s,."]+$/i, '');
}

export function positional(text: string): MysqlText {
  const order: number[] = [];
  const sql = text.replace(PLACEHOLDER, (_, digits: string) => {
    order.push(Number(digits) - 1);
    return '?';
  });
  return { sql, order };
}
