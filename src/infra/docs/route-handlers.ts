import type { INestApplication, Type } from '@nestjs/common';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { accessOf, type Access } from '../../common/access';
import type { DomainError } from '../../common/domain-error';
import { isRequestClass, type RequestClass } from '../http/fields/plan';
import { routeConfigOf, type GuildhallRouteConfig } from '../http/route-config';
import { policyOf } from '../rate-limit/rate-limit.decorator';
import { failuresOf } from './fails';

/** Nest's own names of what it keeps with a handler, a controller and a global guard. */
const ROUTE_PATH = 'path';
const GUARDS = '__guards__';
const GLOBAL_GUARD = 'APP_GUARD';
const ROUTE_ARGUMENTS = '__routeArguments__';

/** What the code of a route says of it. */
export interface RouteHandler {
  /** `<controller>.<method>` */
  readonly name: string;
  readonly access: Access | undefined;
  readonly config: GuildhallRouteConfig;
  readonly isLimited: boolean;
  /** The request classes of its `@Body()` and `@Query()`, where it has some. */
  readonly body: RequestClass | undefined;
  readonly query: RequestClass | undefined;
  failures(unsafe: boolean): readonly DomainError[];
}

/** All route handlers of the application, by name. */
export function routeHandlers(app: INestApplication): ReadonlyMap<string, RouteHandler> {
  const modules = [...app.get(ModulesContainer).values()];
  const globalGuards = modules
    .flatMap((module) => [...module.providers.values(), ...module.injectables.values()])
    .filter(({ token }) => String(token).startsWith(GLOBAL_GUARD))
    .flatMap(({ metatype }) => metatype ?? []);
  const controllers = modules.flatMap((module) =>
    [...module.controllers.values()].map(({ metatype }) => metatype as Type),
  );
  const handlers = new Map<string, RouteHandler>();
  for (const route of controllers.flatMap((controller) => handlersOf(controller, globalGuards))) {
    if (handlers.has(route.name)) throw new Error(`Two controllers have a handler ${route.name}`);
    handlers.set(route.name, route);
  }
  return handlers;
}

function handlersOf(controller: Type, globalGuards: readonly object[]): RouteHandler[] {
  const prototype = controller.prototype as Record<string, object>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((method) => {
    const handler = prototype[method];
    if (handler === undefined || !Reflect.hasMetadata(ROUTE_PATH, handler)) return [];
    const access = accessOf(handler);
    // The global guards let routes through that are open, or that have a guard of their own.
    const needsAccount = access?.kind === 'authenticated' || access?.kind === 'roles';
    const guards = [...(needsAccount ? globalGuards : []), ...guardsOf(controller), ...guardsOf(handler)];
    return {
      name: `${controller.name}.${method}`,
      access,
      config: routeConfigOf(handler),
      isLimited: policyOf(handler) !== 'none',
      body: argumentClass(controller, method, RouteParamtypes.BODY),
      query: argumentClass(controller, method, RouteParamtypes.QUERY),
      failures: (unsafe) => [...guards, controller, handler].flatMap((target) => failuresOf(target, unsafe)),
    };
  });
}

function guardsOf(target: object): object[] {
  const guards = (Reflect.getMetadata(GUARDS, target) ?? []) as unknown[];
  return guards.filter((guard) => typeof guard === 'function');
}

function argumentClass(controller: Type, method: string, kind: RouteParamtypes): RequestClass | undefined {
  const routeArguments = Reflect.getMetadata(ROUTE_ARGUMENTS, controller, method) as object | undefined;
  const types = Reflect.getMetadata('design:paramtypes', controller.prototype as object, method) as unknown[];
  for (const [key, { index }] of Object.entries(routeArguments ?? {}) as [string, { index: number }][]) {
    const type = types[index];
    if (key.startsWith(`${kind}:`) && isRequestClass(type)) return type;
  }
  return undefined;
}
