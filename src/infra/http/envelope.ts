import { extendRouteConfig } from './route-config';

/** The shape of a route's errors: DRF's, lernito's, the Sefaria plugin server's, or RFC 9457 problem details. */
export type EnvelopeName = 'drf' | 'lernito' | 'plugin' | 'problem';

/** For a handler or a whole controller. A route without it answers problem details. */
export function Envelope(envelope: EnvelopeName): ClassDecorator & MethodDecorator {
  return extendRouteConfig({ envelope });
}
