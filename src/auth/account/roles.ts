import type { ValueTransformer } from 'typeorm';
import type { Role } from '../../common/access';

const ROLES: readonly Role[] = ['admin', 'support', 'finance'];

/** Roles are stored as one comma list, which every database can hold. A name we no longer know gives nothing. */
export function parseRoles(text: string): Role[] {
  return ROLES.filter((role) => text.split(',').includes(role));
}

export function formatRoles(roles: readonly Role[]): string {
  return ROLES.filter((role) => roles.includes(role)).join(',');
}

export const rolesTransformer: ValueTransformer = { from: parseRoles, to: formatRoles };
