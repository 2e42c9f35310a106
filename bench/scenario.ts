import type { RequestPlan } from 'autocannon';
import type { BenchDatabase } from './bench-database';
import type { Effort, Figures } from './figures';
import type { ServerProcess } from './server-process';

/** One kind of request, sent alike to the app and to the bare server. */
export interface Scenario {
  readonly name: string;
  /** The status of every answer. */
  readonly status: number;
  /** Called before each round; what it needs of data it makes first. */
  plan(url: string, connections: number): RequestPlan | Promise<RequestPlan>;
}

/** What a suite brings: its data in the app's database, its scenarios, and the bare server to compare with. */
export interface Suite {
  readonly bareServer: string;
  readonly environment: Record<string, string>;
  /** What to measure on, one after the other; the last is the one that counts. */
  databases(posts: number): Promise<readonly BenchDatabase[]>;
  prepare(appUrl: string, databaseUrl: string): Promise<readonly Scenario[]>;
  /** Measures what is no answer, on the running app; `answered` by the names of the scenarios. */
  conclude?(app: ServerProcess, answered: ReadonlyMap<string, Figures>, effort: Effort): Promise<void>;
}
