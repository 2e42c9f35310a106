import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig } from 'fastify';

/** The shape of a route's errors: DRF's, lernito's, the Sefaria plugin server's, or RFC 9457 problem details. */
export type EnvelopeName = 'drf' | 'lernito' | 'plugin' | 'problem';

declare module 'fastify' {
  /** What a route says of itself to everything that runs before its handler: parsers, CORS, 405, the error filter. */
  interface FastifyContextConfig {
    readonly envelope?: EnvelopeName;
    readonly acceptsForm?: boolean;
    readonly acceptsMultipart?: boolean;
    readonly rawBody?: boolean;
    /** CSV files besides, as `rawBody`. */
    readonly acceptsCsv?: boolean;
    /** Of its bodies, in bytes; 1 MiB unless told. */
    readonly bodyLimit?: number;
    readonly untypedJson?: boolean;
    /** The name under which the route's CORS policy is registered; none = the allow-list of the settings. */
    readonly corsPolicy?: string;
    /** Probes: their lines in the log are for debugging. */
    readonly quiet?: boolean;
    /** Its answers to requests with an Idempotency-Key are kept. */
    readonly idempotent?: boolean;
    /** Fields of its body of which not even a digest is kept with those answers. */
    readonly unhashed?: readonly string[];
  }
}

export type GuildhallRouteConfig = Pick<
  FastifyContextConfig,
  | 'envelope'
  | 'acceptsForm'
  | 'acceptsMultipart'
  | 'rawBody'
  | 'acceptsCsv'
  | 'bodyLimit'
  | 'untypedJson'
  | 'corsPolicy'
  | 'quiet'
  | 'idempotent'
  | 'unhashed'
>;

const ROUTE_CONFIG = RouteConfig({}).KEY;
/** Nest's own mark on a method that answers a route. */
const ROUTE_PATH = 'path';

/**
 * Adds to the route configuration of one handler, or of every handler of a controller: there, what a handler says
 * itself wins. (Nest's own `@RouteConfig` replaces the whole configuration and has no effect on a class.)
 */
export function extendRouteConfig(config: GuildhallRouteConfig): ClassDecorator & MethodDecorator {
  return (target: object, _property?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (descriptor !== undefined) {
      const handler = descriptor.value as object;
      Reflect.defineMetadata(ROUTE_CONFIG, { ...routeConfigOf(handler), ...config }, handler);
      return;
    }
    const { prototype } = target as { prototype: object };
    for (const member of Object.values(Object.getOwnPropertyDescriptors(prototype))) {
      const handler: unknown = member.value;
      if (typeof handler !== 'function' || !Reflect.hasOwnMetadata(ROUTE_PATH, handler)) continue;
      Reflect.defineMetadata(ROUTE_CONFIG, { ...config, ...routeConfigOf(handler) }, handler);
    }
  };
}

export function routeConfigOf(handler: object): GuildhallRouteConfig {
  return (Reflect.getMetadata(ROUTE_CONFIG, handler) ?? {}) as GuildhallRouteConfig;
}
