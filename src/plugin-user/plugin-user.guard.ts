import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { markAccess } from '../common/access';
import { Fails } from '../infra/docs/fails';
import { PluginCaller, type PluginIdentity, type PluginRequest } from './plugin-caller';
import type { ActivePlugin } from './plugin-registry';
import { headerMissing, originRefused, pluginUnknown, tokenInvalid } from './plugin-user.errors';

interface Request extends PluginRequest {
  callingPlugin?: ActivePlugin;
  pluginUser?: PluginIdentity;
}

/** Knows the plugin that calls, from `Plugin-Id`. */
@Injectable()
@Fails(pluginUnknown(), originRefused())
export class PluginGuard implements CanActivate {
  constructor(protected readonly caller: PluginCaller) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    request.callingPlugin = await this.caller.plugin(request);
    return true;
  }
}

/** Knows its user besides, from the Fernet token in `Plugin-User-Id`. */
@Injectable()
@Fails(headerMissing(), tokenInvalid())
export class PluginUserGuard extends PluginGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    const plugin = await this.caller.plugin(request);
    request.pluginUser = await this.caller.user(plugin, request);
    return true;
  }
}

/** Somebody whom a plugin vouches for by an encrypted id. */
export const PluginUser = (): MethodDecorator =>
  applyDecorators(markAccess({ kind: 'plugin-user' }), UseGuards(PluginUserGuard));

/** The plugin, on routes with PluginGuard. */
export const CallingPlugin = createParamDecorator((_: unknown, context: ExecutionContext): ActivePlugin => {
  return known(requestOf(context).callingPlugin);
});

/** The plugin's user, on routes marked `@PluginUser()`. */
export const CurrentPluginUser = createParamDecorator((_: unknown, context: ExecutionContext): PluginIdentity => {
  return known(requestOf(context).pluginUser);
});

function requestOf(context: ExecutionContext): Request {
  return context.switchToHttp().getRequest<Request>();
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a plugin route lacks its guard');
  return value;
}
