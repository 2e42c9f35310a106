import type { Operation, Parameter, Schemas } from './open-api.types';
import { exampleOf } from './schema-example';

const PAGE = '<!doctype html>…';

/** Gives every body that has none an example, put together from those of its schema. */
export function addExamples({ requestBody, responses, parameters = [] }: Operation, schemas: Schemas): void {
  for (const parameter of parameters) {
    if (!('$ref' in parameter)) completeSchema(parameter);
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

/** Where only the TypeScript type of a path parameter is known, a number is an id; what has no type is of its example's. */
function completeSchema(parameter: Parameter): void {
  const { schema } = parameter;
  if (schema === undefined || '$ref' in schema) return;
  if (parameter.in === 'path' && schema.type === 'number') {
    parameter.schema = { type: 'integer', minimum: 1, example: 7 };
  } else if (schema.type === undefined && schema.example !== undefined) {
    schema.type = typeof schema.example === 'number' ? 'integer' : 'string';
  }
}
