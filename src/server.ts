import { Logger } from '@nestjs/common';
import { loadEnvironment } from './infra/config/environment';
import { loadSettings, type Settings, SettingsError } from './infra/config/settings';
import { acquireEmbeddedPostgres, releaseEmbeddedServers } from './infra/database/embedded/embedded-postgres';
import { start } from './infra/process/start';
import { SimulatorHost } from './payment/simulator/simulator-host.service';
import { serve } from './serve';

/** Reads the settings and serves, in this process or in several. Ends the process with words where it can't. */
export async function run(): Promise<void> {
  const settings = settingsOrExit();
  for (const warning of settings.warnings) new Logger('Settings').warn(warning);
  try {
    await start(
      settings,
      () => serve(settings),
      () => prepare(settings),
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await releaseEmbeddedServers();
    process.exit(1);
  }
}

/** The embedded server and the simulator belong to the process that outlives the workers. */
async function prepare(settings: Settings): Promise<() => Promise<void>> {
  const { database, razorpay } = settings;
  const simulator = new SimulatorHost(settings);
  if (razorpay?.simulated === true) await simulator.origin();
  if (database.kind !== 'embedded') return () => simulator.close();
  const { release } = await acquireEmbeddedPostgres(database.directory);
  return async () => {
    await simulator.close();
    await release();
  };
}

function settingsOrExit(): Settings {
  try {
    return loadSettings(loadEnvironment());
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
