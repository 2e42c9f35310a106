import type { FieldErrors } from '../../../common/domain-error';

export interface FlatError {
  /** From the body's root; empty for errors of the body as a whole. */
  readonly path: readonly string[];
  readonly message: string;
}

export function flatErrors(fields: FieldErrors, path: readonly string[] = []): FlatError[] {
  return Object.entries(fields).flatMap(([name, errors]) => {
    const here = name === 'non_field_errors' ? path : [...path, name];
    return Array.isArray(errors) ? errors.map((message) => ({ path: here, message })) : flatErrors(errors, here);
  });
}
