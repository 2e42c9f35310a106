import { type EnvelopeName, extendRouteConfig } from './route-config';

export type { EnvelopeName } from './route-config';

/** For a handler or a whole controller. A route without it answers problem details. */
export function Envelope(envelope: EnvelopeName): ClassDecorator & MethodDecorator {
  return extendRouteConfig({ envelope });
}
