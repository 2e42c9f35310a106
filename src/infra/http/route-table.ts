import type { FastifyInstance, FastifyContextConfig, RouteOptions } from 'fastify';
import FindMyWay, { type HTTPMethod } from 'find-my-way';
import type { DomainError } from '../../common/domain-error';
import { notFound } from '../../common/domain-error';
import type { EnvelopeName } from './envelope';
import { methodNotAllowed } from './transport-errors';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies HTTPMethod[];
/** The old plugin server's header, in its order. */
const PLUGIN_METHODS = ['GET', 'PUT', 'DELETE', 'POST'];

export interface Miss {
  readonly envelope: EnvelopeName;
  readonly error: DomainError;
}

/** Which methods a path knows: the router itself only answers for a path and method together. */
export class RouteTable {
  private readonly router = FindMyWay({ ignoreTrailingSlash: true, maxParamLength: 10_000 });

  /** Must be called before the first route is added. */
  watch(instance: FastifyInstance): void {
    instance.addHook('onRoute', (route) => this.add(route));
  }

  /** The configuration of the route that answers this path, for this method if there is one. */
  configOf(path: string, method?: string): FastifyContextConfig | undefined {
    const methods = METHODS.filter((known) => known === method);
    return [...methods, ...METHODS]
      .map((candidate) => this.find(candidate, path))
      .find((config) => config !== undefined);
  }

  /** What to answer where the router found nothing: a wrong method on a known path is a 405, anything else a 404. */
  miss(method: string, url: string): Miss {
    const path = pathOf(url);
    const allowed = METHODS.filter((known) => this.find(known, path) !== undefined);
    const config = this.configOf(path);
    if (config === undefined) return { envelope: 'problem', error: notFound() };
    const envelope = config.envelope ?? 'problem';
    const shown = envelope === 'plugin' ? PLUGIN_METHODS.filter((known) => isIn(allowed, known)) : allowed;
    return { envelope, error: methodNotAllowed(method, shown) };
  }

  private add({ url, method, config }: RouteOptions & { url: string }): void {
    if (url.includes('*')) return;
    for (const name of [method].flat()) {
      const known = METHODS.find((candidate) => candidate === name);
      if (known === undefined || this.router.hasRoute(known, url)) continue;
      this.router.on(known, url, () => {}, config ?? {});
    }
  }

  private find(method: HTTPMethod, path: string): FastifyContextConfig | undefined {
    const route = this.router.find(method, path);
    // The router takes an empty segment for a parameter, and Nest's adapter refuses it.
    return route === null || Object.values(route.params).includes('')
      ? undefined
      : (route.store as FastifyContextConfig);
  }
}

export function pathOf(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

function isIn(methods: readonly string[], method: string): boolean {
  return methods.includes(method);
}
