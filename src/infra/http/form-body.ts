const FORM = Symbol('form');

/** A parsed urlencoded body: texts only. Of a repeated key the last value counts. */
export function formBody(text: string, maxFields: number): Record<string, string> | undefined {
  const form: Record<string, string> = Object.defineProperty({}, FORM, { value: true });
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++count > maxFields) return undefined;
    if (name !== '__proto__') form[name] = value;
  }
  return form;
}

export function isForm(body: unknown): boolean {
  return typeof body === 'object' && body !== null && FORM in body;
}
