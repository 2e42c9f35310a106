import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ApiDocument } from '../../src/infra/docs/api-document';
import { type Operation, operationsOf } from '../../src/infra/docs/open-api.types';
import { startTestApp } from '../setup/test-app';

const COMMITTED = join(__dirname, 'openapi.json');
/** `npm run openapi` sets it: then the committed document is written instead of compared. */
const writes = process.env['OPENAPI'] === 'write';

let document: OpenAPIObject;
let warnings: unknown[];
let operations: { readonly name: string; readonly path: string; readonly operation: Operation }[];

beforeAll(async () => {
  const app = await startTestApp();
  const warn = jest.spyOn(Logger, 'warn').mockImplementation();
  // Through JSON, as it is served: what is undefined is not there.
  document = JSON.parse(JSON.stringify(app.get(ApiDocument).complete())) as OpenAPIObject;
  warnings = warn.mock.calls.map(([message]) => message as unknown);
  warn.mockRestore();
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    operationsOf(item).map(([method, operation]) => ({ name: `${method} ${path}`, path, operation })),
  );
});

/** The names of the operations of which something is not as it should be. */
function except(isRight: (operation: Operation, path: string) => boolean): string[] {
  return operations.filter(({ operation, path }) => !isRight(operation, path)).map(({ name }) => name);
}

function bodiesOf({
  requestBody,
  responses,
}: Operation): { example?: unknown; examples?: unknown; schema?: unknown }[] {
  return [requestBody, ...Object.values(responses)].flatMap((described) =>
    described === undefined || '$ref' in described ? [] : Object.values(described.content ?? {}),
  );
}

/** Every value that stands under this key, at any depth. */
function allOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === key ? [inner] : allOf(key, inner)));
}

it('is the committed one: after a wanted change run `npm run openapi`, and commit what it writes', () => {
  const text = `${JSON.stringify(document, null, 1)}\n`;
  if (writes) writeFileSync(COMMITTED, text);
  expect(existsSync(COMMITTED)).toBe(true);
  expect(JSON.parse(readFileSync(COMMITTED, 'utf8'))).toEqual(document);
  expect(readFileSync(COMMITTED, 'utf8')).toBe(text);
});

it('is OpenAPI 3.1, for whatever origin serves it', () => {
  expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/' }] });
  expect(allOf('nullable', { ...document.components?.schemas, ...document.paths })).toEqual([]);
});

it('refers to nothing that is not there', () => {
  const references = new Set(allOf('$ref', document).map(String));
  const schemas = Object.keys(document.components?.schemas ?? {}).map((name) => `#/components/schemas/${name}`);
  expect([...references].filter((reference) => !schemas.includes(reference))).toEqual([]);
  const security = operations.flatMap(({ operation }) => (operation.security ?? []).flatMap(Object.keys));
  const schemes = Object.keys(document.components?.securitySchemes ?? {});
  expect([...new Set(security)].filter((name) => !schemes.includes(name))).toEqual([]);
});

// Of two classes of one name the document shows one, for both.
it('is written without a warning: no two schemas share a name', () => {
  expect(warnings).toEqual([]);
});

it('names every operation once', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(ids.filter((id, index) => !/^[A-Za-z]+_\w+$/.test(id ?? '') || ids.indexOf(id) !== index)).toEqual([]);
});

it('says what every operation is for', () => {
  expect(except(({ summary, tags }) => Boolean(summary) && tags?.length === 1)).toEqual([]);
});

it('describes every parameter of every path, with an example', () => {
  const isDescribed = ({ parameters = [] }: Operation, path: string): boolean => {
    const names = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
    const given = parameters.flatMap((parameter) => ('name' in parameter && parameter.in === 'path' ? parameter : []));
    return (
      names.length === given.length &&
      given.every(
        ({ name, example, schema }) =>
          names.includes(name) && (example ?? [...allOf('example', schema), ...allOf('enum', schema)][0]) !== undefined,
      )
    );
  };
  expect(except(isDescribed)).toEqual([]);
});

it('shows an example of every body that is sent or answered', () => {
  const isShown = (operation: Operation): boolean =>
    bodiesOf(operation).every(
      ({ schema, example, examples }) => schema !== undefined && (example ?? examples) !== undefined,
    );
  expect(except(isShown)).toEqual([]);
});

it('shows what every operation answers when all is well, and each of its errors', () => {
  const success = ({ responses }: Operation) => Object.keys(responses).filter((status) => status.startsWith('2'));
  expect(except((operation) => success(operation).length > 0)).toEqual([]);
  const always = ['500', '503'];
  expect(except(({ responses }) => always.every((status) => status in responses))).toEqual([]);
  expect(
    except(({ responses, requestBody }) => !requestBody || ['400', '413', '415'].every((s) => s in responses)),
  ).toEqual([]);
  expect(except(({ responses }, path) => !path.includes('{') || '404' in responses || '400' in responses)).toEqual([]);
  const needsAccount = ({ security = [] }: Operation) =>
    security.some((scheme) => 'cookie' in scheme) && !security.some((scheme) => Object.keys(scheme).length === 0);
  expect(except((operation) => !needsAccount(operation) || '401' in operation.responses)).toEqual([]);
});
