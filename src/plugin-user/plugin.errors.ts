import { DomainError } from '../common/domain-error';

export type PluginErrorCode =
  | 'plugin-not-found'
  | 'plugin-revoked'
  | 'plugin-reserved'
  | 'plugin-key-not-found'
  | 'plugin-key-last'
  | 'plugin-keys-too-many';

type PluginError = DomainError<PluginErrorCode>;

export const pluginNotFound = (): PluginError =>
  new DomainError('not-found', 'plugin-not-found', 'There is no such plugin.');

export const pluginRevoked = (): PluginError =>
  new DomainError('conflict', 'plugin-revoked', 'The plugin is revoked for good; register it anew.');

export const pluginReserved = (): PluginError =>
  new DomainError(
    'conflict',
    'plugin-reserved',
    'The keys of the legacy plugin are those of SEFARIA_PLUGIN_SECRET: change them there.',
  );

export const keyNotFound = (): PluginError =>
  new DomainError('not-found', 'plugin-key-not-found', 'The plugin has no such key.');

export const lastKey = (): PluginError =>
  new DomainError(
    'conflict',
    'plugin-key-last',
    'A plugin keeps at least one key: add another one first, or revoke the plugin.',
  );

export const tooManyKeys = (max: number): PluginError =>
  new DomainError('conflict', 'plugin-keys-too-many', `A plugin has at most ${max} keys: retire one first.`);
