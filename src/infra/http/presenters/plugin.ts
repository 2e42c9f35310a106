import type { FieldErrors } from '../../../common/domain-error';
import { flatErrors } from './flat-errors';
import { json, type Presenter, requestIdOf } from './presentation';
import { PARSE_ERROR } from '../transport-errors';

/** The Sefaria plugin server: one `error` text; Django's own 405 has no body. */
export const presentPlugin: Presenter = (fault, requestId) => {
  if (fault.status === 405) return json(undefined);
  const error = fault.code === PARSE_ERROR ? 'Invalid JSON' : (firstOf(fault.fields) ?? fault.message);
  return json({ error, ...fault.extra, ...requestIdOf(fault, requestId) });
};

function firstOf(fields: FieldErrors | undefined): string | undefined {
  const [first] = flatErrors(fields ?? {});
  if (first === undefined) return undefined;
  return first.path.length === 0 ? first.message : `${first.path.join('.')}: ${first.message}`;
}
