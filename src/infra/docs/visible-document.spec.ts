import type { OpenAPIObject } from '@nestjs/swagger';
import { visibleTo } from './visible-document';

const answer = (name: string) => ({
  responses: {
    200: { description: '', content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } },
  },
});

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: {
    '/open/': { get: answer('Open') },
    '/mixed/': { get: answer('Open'), post: { ...answer('Refund'), 'x-roles': ['finance', 'admin'] } },
    '/admin/plugins/': { get: { ...answer('Plugin'), 'x-roles': ['admin'] } },
    '/admin/forgotten/': { get: answer('Forgotten') },
  },
  components: {
    securitySchemes: { cookie: { type: 'apiKey', in: 'cookie', name: 'access_token' } },
    schemas: {
      Open: { type: 'object', properties: { inner: { $ref: '#/components/schemas/Inner' } } },
      Inner: { type: 'object', properties: { again: { $ref: '#/components/schemas/Open' } } },
      Refund: { type: 'object' },
      Plugin: { type: 'object' },
      Forgotten: { type: 'object' },
    },
  },
} as unknown as OpenAPIObject;

function seen(roles: ('admin' | 'support' | 'finance')[]): { operations: string[]; schemas: string[] } {
  const { paths, components } = visibleTo(DOCUMENT, roles);
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path}`),
  );
  return { operations, schemas: Object.keys(components?.schemas ?? {}) };
}

describe('visibleTo', () => {
  it('leaves a stranger what is open, with the schemas that it needs, however deep', () => {
    expect(seen([])).toEqual({ operations: ['get /open/', 'get /mixed/'], schemas: ['Open', 'Inner'] });
  });

  it('adds what a role may call', () => {
    expect(seen(['finance']).operations).toContain('post /mixed/');
    expect(seen(['finance']).operations).not.toContain('get /admin/plugins/');
    expect(seen(['finance']).schemas).toEqual(['Open', 'Inner', 'Refund', 'Forgotten']);
    expect(seen(['admin']).operations).toContain('get /admin/plugins/');
  });

  it('keeps an admin path without roles from strangers', () => {
    expect(seen([]).operations).not.toContain('get /admin/forgotten/');
  });

  it('leaves the document itself as it was', () => {
    const before = JSON.stringify(DOCUMENT);
    expect(visibleTo(DOCUMENT, []).components?.securitySchemes).toEqual(DOCUMENT.components?.securitySchemes);
    expect(JSON.stringify(DOCUMENT)).toBe(before);
  });
});
