import type { Operation, Parameter, Schemas } from './open-api.types';
import { exampleOf } from './schema-example';

const PAGE = '<!doctype html>…';

/** Gives every body that has none an example, put together from those of its schema. */
export function addExamples({ requestBody, responses, parameters = [] }: Operation, schemas: Schemas): void {
  for (const parameter of parameters) {
    if (!('$ref' in parameter) && parameter.in === 'path') asId(parameter);
  }
  for (const described of [requestBody, ...Object.values(responses)]) {
    if (described === undefined || '$ref' in described) continue;
    for (const [type, media] of Object.entries(described.content ?? {})) {
      const given = media.example !== undefined || media.examples !== undefined;
      if (media.schema === undefined || given) continue;
      media.example = type === 'text/html' ? PAGE : exampleOf(media.schema, schemas);
    }
  }
}

/** Of a path parameter only its TypeScript type is known, and our numbers are ids. */
function asId(parameter: Parameter): void {
  const { schema } = parameter;
  if (schema === undefined || '$ref' in schema || schema.type !== 'number') return;
  parameter.schema = { type: 'integer', minimum: 1 };
  parameter.example ??= 7;
}
