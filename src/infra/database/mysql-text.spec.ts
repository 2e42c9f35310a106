import { positional, toMysql } from './mysql-text';

describe('a statement for MySQL', () => {
  it.each([
    ['select * from a where id = any($1::bigint[])', 'select * from a where id in ($1)'],
    ['delete from a where id <> ALL ($2)', 'delete from a where id not in ($2)'],
    [`select $1::varchar(10), count(*)::int from a`, 'select $1, count(*) from a'],
    ['insert into a (b) values ($1)\n returning id', 'insert into a (b) values ($1)'],
    ['insert into a (b) values ($1) RETURNING id, "b"', 'insert into a (b) values ($1)'],
    ['select id from a where b = $1 for key share', 'select id from a where b = $1 lock in share mode'],
    ['select id from a for no key update skip locked', 'select id from a for update skip locked'],
    [`select 'returning id' from a where b = $1`, `select 'returning id' from a where b = $1`],
  ])('%s', (postgres, mysql) => {
    expect(toMysql(postgres)).toBe(mysql);
  });

  it('takes its values in the order of the text, one for each mention', () => {
    expect(positional('update a set b = $2, c = $2 where id = $1 and d = $10')).toEqual({
      sql: 'update a set b = ?, c = ? where id = ? and d = ?',
      order: [1, 1, 0, 9],
    });
  });
});
