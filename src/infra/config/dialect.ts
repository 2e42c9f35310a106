import { loadEnvironment } from './environment';
import { readDatabase, type Dialect } from './database.settings';
import { SettingsReader } from './settings-reader';

/**
 * Column types differ between the dialects and decorators need them while classes are being defined, before any
 * injection: so the dialect alone is decided at import, from the same variables as the settings.
 */
export const dialect: Dialect =
  readDatabase(new SettingsReader(loadEnvironment()), '').kind === 'mysql' ? 'mysql' : 'postgres';
