import { Injectable } from '@nestjs/common';
import { DataSource, MigrationExecutor } from 'typeorm';
import { Database, statement } from '../database/database';
import { ShutdownService } from './shutdown.service';

const PING = statement('health-ping', 'select 1 as pong');
/** A probe that hangs is worse than one that fails. */
const PATIENCE_MS = 2_000;

export type CheckName = 'database' | 'migrations' | 'shutdown';

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<CheckName, 'ok' | 'failed'>>;
}

type Checks = Pick<Readiness['checks'], 'database' | 'migrations'>;

/** Whether this process can take requests. Answers name the check that failed and nothing of its cause. */
@Injectable()
export class HealthService {
  private migrated = false;
  private asking: Promise<Checks> | undefined;

  constructor(
    private readonly database: Database,
    private readonly dataSource: DataSource,
    private readonly shutdown: ShutdownService,
  ) {}

  /** Probes that come together share one look at the database, so that no flood of them takes its connections. */
  async readiness(): Promise<Readiness> {
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    const checks = { ...(await this.asking), shutdown: this.shutdown.ending ? 'failed' : 'ok' } as const;
    return { ready: Object.values(checks).every((state) => state === 'ok'), checks };
  }

  private async ask(): Promise<Checks> {
    const [database, migrations] = await Promise.all([passes(this.ping()), passes(this.areMigrationsApplied())]);
    return { database, migrations };
  }

  private async ping(): Promise<boolean> {
    return (await this.database.rows(PING)).length === 1;
  }

  /** Once applied they stay applied, so only a process that waits for them asks again. */
  private async areMigrationsApplied(): Promise<boolean> {
    if (!this.migrated) {
      this.migrated = (await new MigrationExecutor(this.dataSource).getPendingMigrations()).length === 0;
    }
    return this.migrated;
  }
}

async function passes(check: Promise<boolean>): Promise<'ok' | 'failed'> {
  const timeout = new AbortController();
  const late = new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE_MS);
    timeout.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  const passed = await Promise.race([check.catch(() => false), late]);
  timeout.abort();
  return passed ? 'ok' : 'failed';
}
