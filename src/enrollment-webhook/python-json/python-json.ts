import { PythonJsonScanner } from './python-json.scanner';
import type { PythonJson } from './python-json.value';
import { decodeUtf8 } from './utf8';

/**
 * A request body as Django REST framework's strict JSON parser reads it: `json.loads` of UTF-8 that refuses NaN and
 * Infinity. No body at all is an empty object to it. Time is linear in the size of the body, and the depth is bounded.
 * @throws PythonJsonError
 */
export function parsePythonJson(body: Uint8Array): PythonJson {
  return new PythonJsonScanner(body.length === 0 ? '{}' : decodeUtf8(body)).document();
}
