import type { IncomingHttpHeaders } from 'node:http';
import { unknownUrl } from './api-error';
import type { Body } from './input';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Body;
  readonly body: Body;
  readonly headers: IncomingHttpHeaders;
}

/** What is answered as JSON, or a page. The `id` is the path's, where it has one. */
export type Handler = (call: Call, id: string) => unknown;

/** `GET /v1/orders/:id/payments` and what answers it. */
export type Routes = Readonly<Record<string, Handler>>;

export class Router {
  private readonly routes: { readonly method: string; readonly parts: readonly string[]; readonly handler: Handler }[];

  constructor(...tables: readonly Routes[]) {
    this.routes = tables.flatMap((table) =>
      Object.entries(table).map(([name, handler]) => {
        const [method = '', path = ''] = name.split(' ');
        return { method, parts: path.split('/'), handler };
      }),
    );
  }

  /** Throws Razorpay's error where no route has this method and path. */
  answer(call: Call): unknown {
    const parts = call.path.split('/');
    const route = this.routes.find(
      ({ method, parts: pattern }) =>
        method === call.method &&
        pattern.length === parts.length &&
        pattern.every((part, index) => part === ':id' || part === parts[index]),
    );
    if (route === undefined) throw unknownUrl();
    return route.handler(call, parts[route.parts.indexOf(':id')] ?? '');
  }
}
