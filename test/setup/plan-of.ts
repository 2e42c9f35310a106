import type { TestDatabase } from './test-database';

/** How PostgreSQL runs a statement that `call` has prepared on the same connection. */
export function planOf(test: TestDatabase, call: () => Promise<unknown>, execute: string): Promise<string> {
  return test.unitOfWork.run(async () => {
    await call();
    const rows = await test.database.manager.query<{ 'QUERY PLAN': string }[]>(`explain execute ${execute}`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
}
