import { codePoints } from '../../infra/http/fields/python';

/** The message is word for word Python's, as the old servers repeat it: `JSON parse error - <message>`. */
export class PythonJsonError extends Error {
  override readonly name = 'PythonJsonError';

  /** Python's JSONDecodeError; it counts in characters where JavaScript counts in UTF-16 units. */
  static at(text: string, index: number, message: string): PythonJsonError {
    const before = text.slice(0, index);
    const line = before.split('\n').length;
    const column = codePoints(before.slice(before.lastIndexOf('\n') + 1)) + 1;
    return new PythonJsonError(`${message}: line ${line} column ${column} (char ${codePoints(before)})`);
  }
}
