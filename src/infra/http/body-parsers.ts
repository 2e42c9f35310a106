import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../common/domain-error';
import { formBody } from './form-body';
import { addMultipartParser } from './multipart-parser';
import { parseError, unsupportedMediaType } from './transport-errors';

export const BODY_LIMIT = 1_048_576;
const FORM_LIMIT = 65_536;
const MAX_FORM_FIELDS = 200;
const NOTHING = Buffer.alloc(0);

type Done = (error: Error | null, body?: unknown) => void;

/**
 * JSON, urlencoded and multipart forms and CSV where the route takes them, nothing else. A route with `@RawBody()` gets
 * JSON as bytes.
 */
export function addBodyParsers(instance: FastifyInstance): void {
  instance.decorateRequest('rawBody', {
    getter(this: FastifyRequest): Buffer {
      return Buffer.isBuffer(this.body) ? this.body : NOTHING;
    },
  });
  instance.addHook('onRoute', (route) => {
    const { bodyLimit } = route.config ?? {};
    if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
  });
  const parse = instance.getDefaultJsonParser('error', 'error');
  instance.removeAllContentTypeParsers();

  instance.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    (request: FastifyRequest, body: Buffer, done: Done) => {
      if (request.routeOptions.config.rawBody) return done(null, body);
      // As in DRF an empty body is no body, whatever its content type says.
      if (body.length === 0) return done(null, undefined);
      if (!isUtf8(body)) return done(parseError('the body is not UTF-8'));
      const text = body.toString('utf8');
      return parse(request, text, (error, value) => done(error && parseError(reasonOf(text)), value));
    },
  );

  instance.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer', bodyLimit: FORM_LIMIT },
    (request: FastifyRequest, body: Buffer, done: Done) => {
      if (body.length === 0 && !request.routeOptions.config.rawBody) return done(null, undefined);
      if (!request.routeOptions.config.acceptsForm) return done(refusal(request));
      if (!isUtf8(body)) return done(new DomainError('invalid', 'parse_error', 'The form is not UTF-8.'));
      const form = formBody(body.toString('utf8'), MAX_FORM_FIELDS);
      return form === undefined
        ? done(new DomainError('invalid', 'too_many_fields', 'The form has too many fields.'))
        : done(null, form);
    },
  );

  instance.addContentTypeParser(
    'text/csv',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    (request: FastifyRequest, body: Buffer, done: Done) =>
      request.routeOptions.config.acceptsCsv ? done(null, body) : done(refusal(request)),
  );

  // Anything else, and bodies without a content type. Nothing of it is read.
  instance.addContentTypeParser('*', refuse);
  addMultipartParser(instance, refuse);
}

function refuse(request: FastifyRequest, _payload: unknown, done: Done): void {
  const empty = request.headers['content-length'] === '0' && !request.routeOptions.config.rawBody;
  return empty ? done(null, undefined) : done(refusal(request));
}

function refusal(request: FastifyRequest): DomainError {
  return unsupportedMediaType(request.headers['content-type']);
}

/** The parser's own words without the piece of the body it quotes. Where plain parsing works, a key was poisonous. */
function reasonOf(text: string): string {
  try {
    JSON.parse(text);
    return 'Object contains forbidden prototype property';
  } catch (error) {
    return error instanceof Error ? error.message.replace(/, (?:\.{3})?".*is not valid JSON$/s, '') : 'not JSON';
  }
}
