/** A text of others as every database and its JSON take it: PostgreSQL refuses NUL, and half of a surrogate pair. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
