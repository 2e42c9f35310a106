import { extendRouteConfig } from './route-config';

/** The route takes urlencoded bodies besides JSON; elsewhere they are answered 415. */
export function AcceptsForm(): ClassDecorator & MethodDecorator {
  return extendRouteConfig({ acceptsForm: true });
}
