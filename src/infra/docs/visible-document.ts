import type { OpenAPIObject } from '@nestjs/swagger';
import type { Role } from '../../common/access';
import { type Operation, operationsOf, ROLES_EXTENSION, type Schemas } from './open-api.types';

const REFERENCE = '#/components/schemas/';

/** The part of the document that somebody with these roles may see, and of the schemas those that it needs. */
export function visibleTo(document: OpenAPIObject, roles: readonly Role[]): OpenAPIObject {
  const paths = Object.entries(document.paths).flatMap(([path, item]) => {
    const operations = operationsOf(item).filter(([, operation]) => mayCall(path, operation, roles));
    return operations.length === 0 ? [] : [[path, Object.fromEntries(operations)] as const];
  });
  const visible = { ...document, paths: Object.fromEntries(paths) };
  return { ...visible, components: { ...document.components, schemas: usedSchemas(visible.paths, document) } };
}

/** An admin path without roles would be a mistake, which must not show itself to everybody. */
function mayCall(path: string, operation: Operation, roles: readonly Role[]): boolean {
  const needed = (operation as { [ROLES_EXTENSION]?: readonly Role[] })[ROLES_EXTENSION];
  if (needed === undefined) return !path.startsWith('/admin/') || roles.length > 0;
  return needed.some((role) => roles.includes(role));
}

function usedSchemas(paths: object, document: OpenAPIObject): Schemas {
  const all = document.components?.schemas ?? {};
  const used = new Set<string>();
  collectNames(paths, all, used);
  return Object.fromEntries(Object.entries(all).filter(([name]) => used.has(name)));
}

function collectNames(value: unknown, all: Schemas, used: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key !== '$ref' || typeof inner !== 'string') {
      collectNames(inner, all, used);
      continue;
    }
    const name = inner.slice(REFERENCE.length);
    if (used.has(name)) continue;
    used.add(name);
    collectNames(all[name], all, used);
  }
}
