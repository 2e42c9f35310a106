import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../../infra/config/settings';
import { foreignOrigin } from '../auth.errors';
import { isForeign, type OriginRules } from './origin.rules';

@Injectable()
export class OriginPolicy {
  private readonly rules: OriginRules;

  constructor({ publicUrl, spaOrigins }: Settings) {
    this.rules = { allowed: new Set([publicUrl.origin, ...spaOrigins]), isSecure: publicUrl.protocol === 'https:' };
  }

  isForeign(request: FastifyRequest): boolean {
    const { origin, 'sec-fetch-site': site } = request.headers;
    const secFetchSite = Array.isArray(site) ? site.join() : site;
    return isForeign({ origin, secFetchSite, host: request.host }, this.rules);
  }

  /** @throws DomainError 403 for a request that another site's page sent */
  refuseForeign(request: FastifyRequest): void {
    if (this.isForeign(request)) throw foreignOrigin();
  }
}
