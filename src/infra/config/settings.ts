import { resolve } from 'node:path';
import { readAccount, type AccountSettings } from './account.settings';
import { readDatabase, type DatabaseSettings } from './database.settings';
import type { Environment } from './environment';
import { readMail, type MailSettings } from './mail.settings';
import { readPayment, type PaymentSettings } from './payment.settings';
import { readSecrets, type SecretSettings } from './secret.settings';
import { readServer, type ServerSettings } from './server.settings';
import { SettingsReader } from './settings-reader';
import { readStorage, type StorageSettings } from './storage.settings';

type AllSettings = ServerSettings & SecretSettings & AccountSettings & MailSettings & StorageSettings & PaymentSettings;

/** What an operator may decide, read and validated once at boot. Lists are newest first. */
export interface Settings extends AllSettings {
  readonly dataDir: string;
  readonly database: DatabaseSettings;
  readonly warnings: readonly string[];
}

/** The injection token of the settings, merged with their type: an interface can't be injected. */
export abstract class Settings {}

/** Every fault at once, each with the name of its variable and never with its value. */
export class SettingsError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Guildhall can't start with these settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** Throws SettingsError. Outside production it may write `<DATA_DIR>/secrets.json`. */
export function loadSettings(environment: Environment): Settings {
  const reader = new SettingsReader(environment);
  const dataDir = resolve(reader.text('DATA_DIR') ?? '.data');
  const settings: Settings = {
    dataDir,
    database: readDatabase(reader, dataDir),
    ...readServer(reader),
    ...readSecrets(reader, dataDir),
    ...readAccount(reader),
    ...readMail(reader),
    ...readStorage(reader, dataDir),
    ...readPayment(reader, dataDir),
    warnings: reader.warnings,
  };
  if (reader.faults.length > 0) throw new SettingsError(reader.faults);
  return settings;
}
