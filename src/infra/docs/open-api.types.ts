import type { OpenAPIObject } from '@nestjs/swagger';

export type PathItem = OpenAPIObject['paths'][string];
export type Operation = NonNullable<PathItem['get']>;
export type Components = NonNullable<OpenAPIObject['components']>;
export type Schemas = NonNullable<Components['schemas']>;
export type Schema = Schemas[string];
export type SecurityRequirement = NonNullable<Operation['security']>[number];
export type Parameter = Exclude<NonNullable<Operation['parameters']>[number], { $ref: string }>;
export type Response = Exclude<Operation['responses'][string], undefined | { $ref: string }>;

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];

/** Who may see the operation: one of these roles. Absent where everybody may. */
export const ROLES_EXTENSION = 'x-roles';

export function operationsOf(path: PathItem): [Method, Operation][] {
  return METHODS.flatMap((method) => {
    const operation = path[method];
    return operation === undefined ? [] : [[method, operation] as [Method, Operation]];
  });
}
