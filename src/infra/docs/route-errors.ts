import type { Access } from '../../common/access';
import {
  type DomainError,
  type FieldErrors,
  forbidden,
  invalid,
  notAuthenticated,
  notFound,
} from '../../common/domain-error';
import { invalidPage } from '../../common/page';
import type { EnvelopeName } from '../http/envelope';
import { type Fault, faultOf, INTERNAL, UNAVAILABLE } from '../http/fault';
import { PRESENTERS } from '../http/present';
import { parseError, unsupportedMediaType } from '../http/transport-errors';
import { tooManyRequests } from '../rate-limit/too-many-requests';
import type { Response } from './open-api.types';

export interface RouteTraits {
  readonly envelope: EnvelopeName;
  readonly access: Access;
  readonly isLimited: boolean;
  readonly hasParameters: boolean;
  readonly hasBody: boolean;
  /** What the fields of a faulty body, and of a faulty query, are answered. */
  readonly bodyFaults: FieldErrors | undefined;
  readonly queryFaults: FieldErrors | undefined;
  readonly isPaged: boolean;
  /** By guards, controller and handler. */
  readonly declared: readonly DomainError[];
}

const REQUEST_ID = '0195f2c4a1b87d3e9c5f6a2b4d8e1f03';
const THROTTLED_MS = 30_000;

/** The component schemas of the error bodies, one for each envelope. */
export const ERROR_SCHEMAS = {
  ProblemError: {
    type: 'object',
    description: 'RFC 9457 problem details.',
    required: ['type', 'title', 'status', 'detail', 'code', 'request_id'],
    properties: {
      type: { type: 'string', format: 'uri', description: 'Stable, one for each code.' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: { type: 'string' },
      errors: {
        type: 'array',
        description: 'What is wrong in the body, and where.',
        items: {
          type: 'object',
          required: ['pointer', 'detail'],
          properties: { pointer: { type: 'string', description: 'RFC 6901' }, detail: { type: 'string' } },
        },
      },
      request_id: { type: 'string', description: 'To be named when asking for help.' },
    },
  },
  DrfError: {
    type: 'object',
    description: 'Either `detail`, or the messages of each faulty field; `non_field_errors` are those of the whole.',
    properties: { detail: { type: 'string' } },
    additionalProperties: true,
  },
  LernitoError: {
    type: 'object',
    description: 'For what failed before the webhook was reached: `detail`.',
    properties: {
      success: { type: 'boolean', enum: [false] },
      message: { oneOf: [{ type: 'string' }, { type: 'object', additionalProperties: true }] },
      detail: { type: 'string' },
    },
  },
  PluginError: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
} as const;

const SCHEMA_OF: Readonly<Record<EnvelopeName, keyof typeof ERROR_SCHEMAS>> = {
  problem: 'ProblemError',
  drf: 'DrfError',
  lernito: 'LernitoError',
  plugin: 'PluginError',
};

/** Everything that the route may answer instead of what was asked, by status, each with its real body. */
export function errorResponses(traits: RouteTraits): Record<string, Response> {
  const responses: Record<string, Response> = {};
  for (const fault of faultsOf(traits)) addFault((responses[fault.status] ??= { description: '' }), fault, traits);
  return responses;
}

function faultsOf(traits: RouteTraits): Fault[] {
  const implied = [...bodyErrors(traits), ...queryErrors(traits), ...accessErrors(traits.access)];
  const errors: unknown[] = [...implied, ...traits.declared];
  const declares404 = traits.declared.some(({ kind }) => kind === 'not-found');
  if (traits.hasParameters && !declares404) errors.push(notFound());
  if (traits.isLimited) errors.push(tooManyRequests(THROTTLED_MS));
  return [...errors.map(faultOf), INTERNAL, UNAVAILABLE];
}

function queryErrors({ queryFaults, isPaged }: RouteTraits): DomainError[] {
  return [...(queryFaults ? [invalid(queryFaults)] : []), ...(isPaged ? [invalidPage()] : [])];
}

function bodyErrors({ hasBody, bodyFaults }: RouteTraits): unknown[] {
  if (!hasBody) return [];
  const fields = bodyFaults ? [invalid(bodyFaults)] : [];
  const unreadable = parseError('Expecting value: line 1 column 1 (char 0)');
  return [...fields, unreadable, { statusCode: 413 }, unsupportedMediaType('text/plain')];
}

function accessErrors(access: Access): DomainError[] {
  switch (access.kind) {
    case 'authenticated':
      return [notAuthenticated()];
    case 'roles':
      return [notAuthenticated(), forbidden()];
    case 'public':
    case 'optional':
    case 'signed-by':
    case 'plugin-user':
      return [];
  }
}

function addFault(response: Response, fault: Fault, { envelope }: RouteTraits): void {
  const { contentType, body } = PRESENTERS[envelope](fault, REQUEST_ID);
  const [mediaType = contentType] = contentType.split(';');
  const content = ((response.content ??= {})[mediaType] ??= {
    schema: { $ref: `#/components/schemas/${SCHEMA_OF[envelope]}` },
    examples: {},
  });
  const examples = (content.examples ??= {});
  const name = nameIn(examples, fault.code);
  examples[name] = { summary: fault.message, value: body };
  response.description += `${response.description && '\n'}- ${fault.message}`;
  for (const [header, example] of Object.entries(fault.headers)) {
    (response.headers ??= {})[header] = { schema: { type: 'string' }, example };
  }
}

/** One code may stand for several messages. */
function nameIn(examples: object, code: string): string {
  let name = code;
  for (let count = 2; Object.hasOwn(examples, name); count++) name = `${code}_${count}`;
  return name;
}
