import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { type Clock, SystemClock } from './common/clock';
import { loadEnvironment, type RawEnvironment } from './infra/config/environment';
import { loadSettings, type Settings } from './infra/config/settings';
import { setUpDocs } from './infra/docs/set-up-docs';
import { createApplication } from './infra/http/create-application';

export interface AppOptions {
  /** Variables in place of the process's own. */
  readonly environment?: RawEnvironment;
  /** In place of `environment`: settings that are loaded already. */
  readonly settings?: Settings;
  /** In place of the system's clock, for tests that hold time still. */
  readonly clock?: Clock;
}

/** The whole application, neither initialised nor listening: `main` and every e2e test build it here. */
export async function buildApp(options: AppOptions = {}): Promise<NestFastifyApplication> {
  const settings = options.settings ?? loadSettings(loadEnvironment(options.environment));
  const app = await createApplication(AppModule.forRoot(settings, options.clock ?? new SystemClock()), settings);
  setUpDocs(app);
  return app;
}
