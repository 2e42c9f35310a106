import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { fastify } from 'fastify';
import type { Settings } from '../config/settings';

const HALF_YEAR_SECONDS = 15_552_000;

/**
 * What helmet says for our options. They are the same for every answer, so helmet is asked once at boot: left to itself
 * it words them anew for each request, which was half of the time a small answer took.
 */
export async function securityHeaders(settings: Pick<Settings, 'publicUrl'>): Promise<Record<string, string>> {
  const sample = fastify();
  await sample.register(helmet, options(settings.publicUrl.protocol === 'https:'));
  sample.get('/', (_request, reply) => reply.code(204).send());
  const { headers } = await sample.inject('/');
  await sample.close();
  const own = Object.entries(headers).filter(([name]) => !['date', 'connection', 'content-length'].includes(name));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}

/** Strict enough for an API, wide enough for the Swagger UI served from here: scripts only from this origin. */
function options(https: boolean): FastifyHelmetOptions {
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
    // Each header costs every answer; these five speak to browsers and plugins that are gone, or change nothing here.
    dnsPrefetchControl: false,
    ieNoOpen: false,
    originAgentCluster: false,
    permittedCrossDomainPolicies: false,
    xssFilter: false,
  };
}
