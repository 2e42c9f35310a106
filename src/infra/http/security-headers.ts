import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { Settings } from '../config/settings';

const HALF_YEAR_SECONDS = 15_552_000;

/** Strict enough for an API, wide enough for the Swagger UI served from here: scripts only from this origin. */
export function securityHeaders(settings: Pick<Settings, 'publicUrl'>): FastifyHelmetOptions {
  const https = settings.publicUrl.protocol === 'https:';
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        // Swagger UI writes style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        ...(https && { upgradeInsecureRequests: [] }),
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: https && { maxAge: HALF_YEAR_SECONDS, includeSubDomains: false },
  };
}
