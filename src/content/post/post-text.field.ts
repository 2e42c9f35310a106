import { field, type FieldOptions } from '../../infra/http/fields';
import { charCheck, type CharOptions } from '../../infra/http/fields/char.field';

/** All but tab, newline and carriage return; NUL has a message of its own. As JSON each takes up to six bytes. */
const CONTROL = /(?![\0\t\n\r\u0080-\u009f])\p{Cc}/u;

function withoutControls(text: string): string | undefined {
  const found = CONTROL.exec(text)?.[0].charCodeAt(0);
  if (found === undefined) return undefined;
  return `Control characters are not allowed: U+${found.toString(16).toUpperCase().padStart(4, '0')}.`;
}

/** A CharField of what people read: no control characters. */
export function PostTextField(options: FieldOptions & CharOptions & { readonly max: number }): PropertyDecorator {
  const { max, blank = false } = options;
  const schema = { type: String, maxLength: max, minLength: blank ? 0 : 1 };
  return field(charCheck(options, [withoutControls]), options, schema, blank);
}
