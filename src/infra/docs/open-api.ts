import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Access } from '../../common/access';
import type { FieldErrors } from '../../common/domain-error';
import { checkObject, fieldsOf, type InputKind, type RequestClass } from '../http/fields/plan';
import { Refusal } from '../http/fields/refusal';
import {
  type Method,
  type Operation,
  operationsOf,
  type PathItem,
  ROLES_EXTENSION,
  type Schemas,
} from './open-api.types';
import { ERROR_SCHEMAS, errorResponses, type RouteTraits } from './route-errors';
import { routeHandlers, type RouteHandler } from './route-handlers';
import { addExamples } from './operation-examples';
import { requirementsOf, schemesOf } from './security';

const DESCRIPTION = `Accounts, plugin users and course enrolments behind one API. A slash at the end of a path may be
left out. Errors come in the shape of the route's family; those of new routes are RFC 9457 problem details.`;

/** A route that lacks its access marker is shut; it is documented as one for nobody. */
const NOBODY: Access = { kind: 'roles', roles: [] };
/** The families whose clients, and whose old documentation, write a slash at the end. */
const ENDS_IN_SLASH = /^\/(admin|api|authenticate|lernito|plugin_user|razorpay)(\/|$)/;
const FORM = 'application/x-www-form-urlencoded';

interface Route {
  readonly path: string;
  readonly method: Method;
  readonly operation: Operation;
  readonly handler: RouteHandler;
}

/**
 * The whole OpenAPI 3.1 document, administrators' routes among it. What decorators say of requests and answers is
 * completed from what else the code says of each route: its access marker, its envelope, its guards and its limits.
 */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Guildhall')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addServer('/')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller}.${method}`,
  });
  const schemas = sorted({ ...document.components?.schemas, ...ERROR_SCHEMAS }) as Schemas;
  const routes = routesOf(document, routeHandlers(app));
  const paths: Record<string, PathItem> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = complete(route, schemas);
  const securitySchemes = schemesOf(routes.map(({ handler }) => handler.access ?? NOBODY));
  return { ...document, paths, components: { ...document.components, schemas, securitySchemes } };
}

function routesOf(document: OpenAPIObject, handlers: ReadonlyMap<string, RouteHandler>): Route[] {
  const routes = Object.entries(document.paths).flatMap(([path, item]) =>
    operationsOf(item).map(([method, operation]) => {
      const [name = ''] = (operation.operationId ?? '').split('[');
      const handler = handlers.get(name);
      if (handler === undefined) throw new Error(`No handler is known of ${method} ${path}`);
      return { path: ENDS_IN_SLASH.test(path) ? `${path}/` : path, method, operation, handler };
    }),
  );
  return routes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function complete({ path, method, operation, handler }: Route, schemas: Schemas): Operation {
  const access = handler.access ?? NOBODY;
  if (handler.config.acceptsForm) acceptForm(operation);
  addExamples(operation, schemas);
  const errors = errorResponses(traitsOf(path, method, operation, handler, schemas));
  return {
    ...operation,
    operationId: operationIdOf(operation),
    security: requirementsOf(access),
    ...(access.kind === 'roles' && { [ROLES_EXTENSION]: access.roles }),
    responses: { ...errors, ...operation.responses },
  };
}

function traitsOf(
  path: string,
  method: Method,
  operation: Operation,
  handler: RouteHandler,
  schemas: Schemas,
): RouteTraits {
  return {
    envelope: handler.config.envelope ?? 'problem',
    access: handler.access ?? NOBODY,
    isLimited: handler.isLimited,
    hasParameters: path.includes('{'),
    hasBody: operation.requestBody !== undefined,
    bodyFaults: bodyFaultsOf(operation, handler, schemas),
    queryFaults: handler.query && faultsOfEach(handler.query, 'x', 'form'),
    isPaged: isPaged(operation),
    declared: handler.failures(method !== 'get'),
  };
}

/** Forms come on account routes with the same fields as JSON. */
function acceptForm({ requestBody }: Operation): void {
  if (requestBody === undefined || '$ref' in requestBody) return;
  const json = requestBody.content['application/json'];
  if (json !== undefined) requestBody.content[FORM] ??= { ...json };
}

/** What the route answers to `{}`, or where nothing is required to a body in which every field is faulty. */
function bodyFaultsOf({ requestBody }: Operation, handler: RouteHandler, schemas: Schemas): FieldErrors | undefined {
  // The routes of the old plugin server have checks and texts of their own.
  if (requestBody === undefined || '$ref' in requestBody || handler.config.envelope === 'plugin') return undefined;
  let schema = requestBody.content['application/json']?.schema;
  if (schema !== undefined && 'oneOf' in schema) schema = schema.oneOf?.[0];
  if (schema !== undefined && '$ref' in schema) schema = schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)];
  const required = schema !== undefined && 'required' in schema ? (schema.required ?? []) : [];
  if (required.length > 0) return Object.fromEntries(required.map((field) => [field, ['This field is required.']]));
  return handler.body && faultsOfEach(handler.body, {}, 'json');
}

/** The real messages of every field that does not take this value. */
function faultsOfEach(requestClass: RequestClass, value: unknown, kind: InputKind): FieldErrors | undefined {
  const fields = [...fieldsOf(requestClass.prototype as object).keys()];
  const verdict = checkObject(requestClass, Object.fromEntries(fields.map((field) => [field, value])), kind);
  return verdict instanceof Refusal && !Array.isArray(verdict.errors) ? verdict.errors : undefined;
}

function isPaged({ parameters = [] }: Operation): boolean {
  return parameters.some((parameter) => 'name' in parameter && parameter.name === 'page');
}

/** `PluginAdmin_register`; where one handler answers several paths, the later ones are numbered. */
function operationIdOf({ operationId = '' }: Operation): string {
  const [, controller = '', method = '', index] = /^(.+?)(?:Controller)?\.(\w+)(?:\[(\d+)\])?$/.exec(operationId) ?? [];
  const number = index === undefined || index === '0' ? '' : `_${Number(index) + 1}`;
  return `${controller}_${method}${number}`;
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
