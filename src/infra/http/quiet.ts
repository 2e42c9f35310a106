import { extendRouteConfig } from './route-config';

/** Probes and the like: their lines in the log are written at `debug` only. */
export function Quiet(): ClassDecorator & MethodDecorator {
  return extendRouteConfig({ quiet: true });
}
