import type { PythonFloat } from '../../common/python-float';

/**
 * A JSON document as Python's `json` reads it, in plain JavaScript values: integers are numbers, or bigints where a
 * number can't hold them; floats are PythonFloats; objects have no prototype, so that `__proto__` is a key like others.
 */
export type PythonJson =
  null | boolean | string | number | bigint | PythonFloat | readonly PythonJson[] | PythonJsonObject;

export interface PythonJsonObject {
  readonly [key: string]: PythonJson;
}
