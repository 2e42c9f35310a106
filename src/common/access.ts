import 'reflect-metadata';

export type Role = 'admin' | 'support' | 'finance';

/** Who may call a route. Guards read it; a test walks all routes and finds exactly one on each. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'optional' }
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'roles'; readonly roles: readonly Role[] }
  | { readonly kind: 'signed-by'; readonly source: string }
  | { readonly kind: 'plugin-user' };

export const ACCESS = 'guildhall:access';

/** Marks a handler. A second marker on the same handler is a mistake and stops the start. */
export function markAccess(access: Access): MethodDecorator {
  return (target, property, descriptor: PropertyDescriptor) => {
    const handler = descriptor.value as object;
    if (Reflect.hasOwnMetadata(ACCESS, handler)) {
      throw new Error(`${target.constructor.name}.${String(property)} carries two access markers`);
    }
    Reflect.defineMetadata(ACCESS, access, handler);
  };
}

/** What a handler is marked with; undefined where the marker was forgotten: such a route is refused. */
export function accessOf(handler: object): Access | undefined {
  return Reflect.getMetadata(ACCESS, handler) as Access | undefined;
}

/** Anybody; credentials are not even looked at. */
export const Public = (): MethodDecorator => markAccess({ kind: 'public' });

/** Anybody; whoever is logged in is known to the handler, and bad credentials count as none. */
export const OptionalAuth = (): MethodDecorator => markAccess({ kind: 'optional' });

/** A logged-in account. */
export const Authenticated = (): MethodDecorator => markAccess({ kind: 'authenticated' });

/** A logged-in account with at least one of these roles. */
export const Roles = (...roles: readonly Role[]): MethodDecorator => markAccess({ kind: 'roles', roles });
