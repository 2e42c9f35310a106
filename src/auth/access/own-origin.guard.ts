import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { OriginPolicy } from './origin.policy';
import { foreignOrigin } from '../auth.errors';
import { FailsUnsafe } from '../../infra/docs/fails';

/** For routes that set cookies: another site's page could sign a visitor in as somebody else. */
@Injectable()
@FailsUnsafe(foreignOrigin())
export class OwnOriginGuard implements CanActivate {
  constructor(private readonly origins: OriginPolicy) {}

  canActivate(context: ExecutionContext): boolean {
    this.origins.refuseForeign(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}
