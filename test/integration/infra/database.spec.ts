import { TypeOrmModule } from '@nestjs/typeorm';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn, jsonColumn, jsonType, timestampColumn } from '../../../src/infra/database/column-types';
import { type Database, statement } from '../../../src/infra/database/database';
import { isUniqueViolation } from '../../../src/infra/database/database-error';
import { createTable } from '../../../src/infra/database/migration-tools';
import type { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

@Entity('test_counter')
class Counter {
  @PrimaryColumn(idColumn)
  id: number;

  @Column({ type: 'varchar', length: 50 })
  name: string;

  @Column(idColumn)
  value: number;

  @Column({ ...timestampColumn, nullable: true })
  at: Date | null;

  @Column({ ...jsonColumn, nullable: true })
  data: unknown;
}

const LOCK = statement('test.lock', 'select value from test_counter where id = $1 for update');
const SET = statement('test.set', 'update test_counter set value = $2 where id = $1');
const READ = statement('test.read', 'select value from test_counter where id = $1');
const ADD = statement('test.add', 'insert into test_counter (id, name, value) values ($1, $2, 0)');
const FIND = statement('test.find', 'select id from test_counter where id = any($1::bigint[]) order by id');
const BROKEN = statement('test.broken', 'select nothing from test_nowhere');

let test: TestDatabase;
let database: Database;
let unitOfWork: UnitOfWork;

beforeAll(async () => {
  test = await startTestDatabase({ imports: [TypeOrmModule.forFeature([Counter])] });
  ({ database, unitOfWork } = test);
  const queryRunner = test.dataSource.createQueryRunner();
  await createTable(queryRunner, {
    name: 'test_counter',
    columns: [
      { name: 'id', type: 'bigint', isPrimary: true },
      { name: 'name', type: 'varchar', length: '50' },
      { name: 'value', type: 'bigint' },
      { name: 'at', ...timestampColumn, isNullable: true },
      { name: 'data', type: jsonType, isNullable: true },
    ],
    uniques: [{ name: 'uq_test_counter_name', columnNames: ['name'] }],
    checks: [{ name: 'ck_test_counter_value', expression: 'value >= 0' }],
  });
  await queryRunner.release();
});

let lastId = 0;

/** A counter of its own for each test. */
async function counter(): Promise<number> {
  lastId += 1;
  await database.execute(ADD, [lastId, `counter ${lastId}`]);
  return lastId;
}

async function valueOf(id: number): Promise<number | undefined> {
  return (await database.first<{ value: number }>(READ, [id]))?.value;
}

/** Resolves for all when the last of `size` has come. */
function barrier(size: number): () => Promise<void> {
  let open: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived === size) open();
    return opened;
  };
}

describe('values', () => {
  it('come back alike from every database, by statement and by entity', async () => {
    const id = await counter();
    const at = new Date('2026-02-03T04:05:06.789Z');
    const write = statement('test.write', 'update test_counter set at = $2, data = $3, value = $4 where id = $1');
    await database.execute(write, [id, at, { list: [1, 'é', null] }, 9007199254740991]);
    const expected = { id, name: `counter ${id}`, value: 9007199254740991, at, data: { list: [1, 'é', null] } };
    const all = statement('test.all', 'select id, name, value, at, data from test_counter where id = $1');
    expect(await database.rows(all, [id])).toEqual([expected]);
    expect({ ...(await database.manager.findOneByOrFail(Counter, { id })) }).toEqual(expected);
  });

  it('match case and accents exactly', async () => {
    const id = await counter();
    const named = statement('test.named', 'select id from test_counter where name = $1');
    expect(await database.rows(named, [`counter ${id}`])).toEqual([{ id }]);
    expect(await database.rows(named, [`Counter ${id}`])).toEqual([]);
    expect(await database.rows(named, [`counter ${id} `])).toEqual([]);
  });

  it('are found in a list, also in an empty one', async () => {
    const ids = [await counter(), await counter()];
    expect(await database.rows(FIND, [ids])).toEqual(ids.map((id) => ({ id })));
    expect(await database.rows(FIND, [[]])).toEqual([]);
  });

  it('are counted where they change', async () => {
    const id = await counter();
    expect((await database.execute(SET, [id, 3])).affected).toBe(1);
    expect((await database.execute(SET, [id, 3])).affected).toBe(1);
    expect((await database.execute(SET, [-1, 3])).affected).toBe(0);
  });

  it('keep to the checks of their table', async () => {
    const id = await counter();
    await expect(database.execute(SET, [id, -1])).rejects.toThrow('ck_test_counter_value');
  });
});

describe('a unit of work', () => {
  it('keeps fifty increments at once apart', async () => {
    const id = await counter();
    const increment = (): Promise<void> =>
      unitOfWork.run(async () => {
        const row = await database.first<{ value: number }>(LOCK, [id]);
        await database.execute(SET, [id, (row?.value ?? 0) + 1]);
      });
    await Promise.all(Array.from({ length: 50 }, increment));
    expect(await valueOf(id)).toBe(50);
  });

  it('is run again after a deadlock', async () => {
    const [one, other] = [await counter(), await counter()];
    const bothHoldOne = barrier(2);
    let attempts = 0;
    const work = (first: number, second: number): Promise<void> =>
      unitOfWork.run(async () => {
        attempts += 1;
        await database.first(LOCK, [first]);
        if (attempts <= 2) await bothHoldOne();
        const row = await database.first<{ value: number }>(LOCK, [second]);
        await database.execute(SET, [second, (row?.value ?? 0) + 1]);
      });
    await Promise.all([work(one, other), work(other, one)]);
    // The one that was let go may lose again, if the other is slow to take what it has waited for.
    expect(attempts).toBeGreaterThanOrEqual(3);
    expect([await valueOf(one), await valueOf(other)]).toEqual([1, 1]);
  });

  it('is run eight times at most, and a deadlock in disguise is still one', async () => {
    let attempts = 0;
    const deadlock = Object.assign(new Error('deadlock'), { code: '40P01', errno: 1213 });
    const work = (): Promise<void> => {
      attempts += 1;
      return Promise.reject(deadlock);
    };
    await expect(unitOfWork.run(work)).rejects.toBe(deadlock);
    expect(attempts).toBe(8);
    const disguised = (): Promise<void> =>
      unitOfWork.run(() => unitOfWork.run(work).catch(() => Promise.reject(new Error('something else'))));
    await expect(disguised()).rejects.toBe(deadlock);
    expect(attempts).toBe(16);
  });

  it('lets one of ten equal inserts win', async () => {
    const id = (lastId += 1);
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        unitOfWork.run(() => database.execute(ADD, [id * 1000 + index, `only one ${id}`])),
      ),
    );
    const failures = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(failures).toHaveLength(9);
    expect(failures.every((error) => isUniqueViolation(error, 'uq_test_counter_name'))).toBe(true);
    expect(failures.some((error) => isUniqueViolation(error, 'pk_test_counter'))).toBe(false);
  });

  it('takes in what runs inside it, and rolls all of it back', async () => {
    const id = await counter();
    const work = unitOfWork.run(async () => {
      await unitOfWork.run(() => database.execute(SET, [id, 1]));
      await database.manager.transaction((nested) => nested.update(Counter, { id }, { value: 2 }));
      await database.manager.save(Counter, { id: id + 500_000, name: 'saved', value: 0 });
      expect(await valueOf(id)).toBe(2);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await valueOf(id)).toBe(0);
    expect(await valueOf(id + 500_000)).toBeUndefined();
  });

  it('commits entities and statements together', async () => {
    const id = await counter();
    await unitOfWork.run(async () => {
      await database.manager.save(Counter, { id: id + 600_000, name: `saved ${id}`, value: 4 });
      await database.manager.transaction((nested) => nested.update(Counter, { id }, { value: 5 }));
    });
    expect([await valueOf(id), await valueOf(id + 600_000)]).toEqual([5, 4]);
  });

  it('can not be saved by catching the failure of a part of it', async () => {
    const id = await counter();
    const work = unitOfWork.run(async () => {
      await database.execute(SET, [id, 1]);
      await unitOfWork.run(() => Promise.reject(new Error('a part failed'))).catch(() => undefined);
    });
    await expect(work).rejects.toThrow('a part failed');
    expect(await valueOf(id)).toBe(0);
  });

  it.each([
    ['statement', () => database.rows(BROKEN)],
    ['entity manager', () => database.manager.query(BROKEN.postgres)],
  ])('can not be saved by catching a failed statement of the %s', async (_, broken) => {
    const id = await counter();
    const work = unitOfWork.run(async () => {
      await database.execute(SET, [id, 1]);
      await broken().catch(() => undefined);
    });
    await expect(work).rejects.toThrow('test_nowhere');
    expect(await valueOf(id)).toBe(0);
  });

  it('sees what others have committed meanwhile', async () => {
    const id = await counter();
    await unitOfWork.run(async () => {
      expect(await valueOf(id)).toBe(0);
      await test.dataSource.manager.update(Counter, { id }, { value: 8 });
      expect(await valueOf(id)).toBe(8);
    });
  });

  it('runs statements that are started at once one after another, up to the first that fails', async () => {
    const id = await counter();
    let results: PromiseSettledResult<unknown>[] = [];
    const work = unitOfWork.run(async () => {
      const statements = [database.execute(SET, [id, 6]), database.rows(BROKEN), database.execute(SET, [id, 7])];
      results = await Promise.allSettled(statements);
    });
    await expect(work).rejects.toThrow('test_nowhere');
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    const [, failed, following] = results as PromiseRejectedResult[];
    expect(following?.reason).toBe(failed?.reason);
    expect(await valueOf(id)).toBe(0);
  });

  it('refuses a statement that comes after its end', async () => {
    const id = await counter();
    let late: Promise<unknown> = Promise.resolve();
    let manager = database.manager;
    const ended = barrier(2);
    await unitOfWork.run(async () => {
      await database.execute(SET, [id, 1]);
      manager = database.manager;
      late = ended().then(() => database.execute(SET, [id, 2]));
    });
    await ended();
    await expect(late).rejects.toThrow('This unit of work has ended');
    await expect(manager.update(Counter, { id }, { value: 3 })).rejects.toThrow();
    expect(await valueOf(id)).toBe(1);
  });

  it('keeps the outside world out', async () => {
    expect(() => unitOfWork.refuseInside('SMTP')).not.toThrow();
    await expect(unitOfWork.run(async () => unitOfWork.refuseInside('SMTP'))).rejects.toThrow(
      'SMTP must not be called',
    );
  });
});

describe('an action after commit', () => {
  it('runs once the outermost unit of work is committed, outside of it', async () => {
    const id = await counter();
    const seen: unknown[] = [];
    await unitOfWork.run(async () => {
      await unitOfWork.run(async () => {
        unitOfWork.afterCommit(() => seen.push('first', unitOfWork.active));
        unitOfWork.afterCommit(() => seen.push(valueOf(id)));
      });
      await database.execute(SET, [id, 7]);
      expect(seen).toEqual([]);
    });
    expect(await Promise.all(seen)).toEqual(['first', false, 7]);
  });

  it('does not run after a rollback, nor for the attempts that failed', async () => {
    const seen: number[] = [];
    let attempt = 0;
    await unitOfWork.run(() => {
      attempt += 1;
      const number = attempt;
      unitOfWork.afterCommit(() => seen.push(number));
      const deadlock = Object.assign(new Error('deadlock'), { code: '40P01' });
      return attempt < 3 ? Promise.reject(deadlock) : Promise.resolve();
    });
    expect(seen).toEqual([3]);
    const failing = unitOfWork.run(() => {
      unitOfWork.afterCommit(() => seen.push(99));
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(seen).toEqual([3]);
  });

  it('runs at once where nothing is to be committed', () => {
    const action = jest.fn();
    unitOfWork.afterCommit(action);
    expect(action).toHaveBeenCalledTimes(1);
  });
});

describe('what is gathered for the end', () => {
  const by = {};

  it('is handed on once, in the transaction, after all of the work', async () => {
    const id = await counter();
    const seen: unknown[] = [];
    const conclude = async (all: readonly number[]): Promise<void> => {
      seen.push(all, unitOfWork.active);
      await database.execute(SET, [id, all.length]);
    };
    await unitOfWork.run(async () => {
      await unitOfWork.run(async () => unitOfWork.gather(by, [1, 2], conclude));
      unitOfWork.gather(by, [3], conclude);
      unitOfWork.gather({}, [9], async (all) => void seen.push(all));
      await database.execute(SET, [id, 99]);
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual([[1, 2, 3], true, [9]]);
    expect(await valueOf(id)).toBe(3);
  });

  it('is not where the work fails, and takes the work with it where it fails itself', async () => {
    const id = await counter();
    const conclude = jest.fn(() => Promise.reject(new Error('not in the end')));
    const failing = unitOfWork.run(() => {
      unitOfWork.gather(by, [1], conclude);
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(conclude).not.toHaveBeenCalled();
    const ending = unitOfWork.run(async () => {
      await database.execute(SET, [id, 7]);
      unitOfWork.gather(by, [1], conclude);
    });
    await expect(ending).rejects.toThrow('not in the end');
    expect(await valueOf(id)).toBe(0);
  });

  it('needs a unit of work', () => {
    expect(() => unitOfWork.gather(by, [1], () => Promise.resolve())).toThrow('needs one');
  });
});

describe('a statement', () => {
  it('is prepared on PostgreSQL under its own name', async () => {
    if (database.dialect !== 'postgres') return;
    const names = statement('test.names', `select name from pg_prepared_statements where name like 'test.r%'`);
    const rows = await unitOfWork.run(async () => {
      await database.rows(READ, [1]);
      await database.rows(READ, [2]);
      return database.rows(names);
    });
    expect(rows).toEqual([{ name: 'test.read' }]);
  });

  it('has its name for itself', () => {
    expect(statement('test.read', READ.postgres)).toEqual(READ);
    expect(() => statement('test.read', 'select 2')).toThrow('Two statements are named test.read');
    expect(() => statement('x'.repeat(61), 'select 1')).toThrow('longer than 60');
  });
});
