import { DomainError } from '../common/domain-error';

export type PluginUserErrorCode =
  | 'invalid-json'
  | 'token-missing'
  | 'token-invalid'
  | 'name-required'
  | 'field-invalid'
  | 'user-exists'
  | 'user-unknown'
  | 'plugin-unknown'
  | 'origin-refused';

type PluginUserError = DomainError<PluginUserErrorCode>;

const refuse = (code: PluginUserErrorCode, message: string): PluginUserError =>
  new DomainError('invalid', code, message);

export const invalidJson = (): PluginUserError => refuse('invalid-json', 'Invalid JSON');

export const headerMissing = (): PluginUserError => refuse('token-missing', 'sefaria_id header is required');

export const tokenMissing = (): PluginUserError => refuse('token-missing', 'sefaria_id is required');

/** One text for all that can be wrong with a token; of an authentic one that is too old, `detail` says so. */
export function tokenInvalid(detail?: string): PluginUserError {
  const extra = detail === undefined ? undefined : { detail };
  return new DomainError('invalid', 'token-invalid', 'Invalid sefaria_id', { extra });
}

export const nameRequired = (): PluginUserError => refuse('name-required', 'name is required');

export const fieldInvalid = (message: string): PluginUserError => refuse('field-invalid', message);

export const userExists = (): PluginUserError => refuse('user-exists', 'sefaria_id already exists');

export const userUnknown = (): PluginUserError => new DomainError('not-found', 'user-unknown', 'Not found');

export const pluginUnknown = (): PluginUserError => new DomainError('not-found', 'plugin-unknown', 'Plugin not found');

export const originRefused = (): PluginUserError =>
  new DomainError('forbidden', 'origin-refused', 'This origin may not call the plugin');
