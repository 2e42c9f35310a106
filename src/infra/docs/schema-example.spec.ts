import { exampleOf } from './schema-example';

const SCHEMAS = {
  Course: {
    type: 'object',
    properties: {
      id: { type: 'integer', example: 7 },
      open: { type: 'boolean' },
      mode: { type: 'string', enum: ['audit', 'verified'] },
      ends_at: { type: ['string', 'null'], format: 'date-time' },
      closed_at: { type: ['string', 'null'], example: null },
      tags: { type: 'array', items: { type: 'string', example: 'new' } },
      notes: { type: 'object', additionalProperties: true },
      parent: { $ref: '#/components/schemas/Parent' },
    },
  },
  Parent: { type: 'object', properties: { name: { type: 'string', default: 'none' } } },
  Bare: { type: 'object', properties: { name: { type: 'string' } } },
} as never;

describe('exampleOf', () => {
  it('is put together from the examples of the properties', () => {
    expect(exampleOf({ $ref: '#/components/schemas/Course' }, SCHEMAS)).toEqual({
      id: 7,
      open: true,
      mode: 'audit',
      ends_at: '2025-03-01T12:00:00.000Z',
      closed_at: null,
      tags: ['new'],
      notes: {},
      parent: { name: 'none' },
    });
  });

  it('takes the first of several, and all parts of a whole', () => {
    const parent = { $ref: '#/components/schemas/Parent' };
    expect(exampleOf({ oneOf: [parent, { type: 'string' }] }, SCHEMAS)).toEqual({ name: 'none' });
    const more = { type: 'object', properties: { id: { type: 'integer', example: 1 } } };
    expect(exampleOf({ allOf: [parent, more] }, SCHEMAS)).toEqual({ name: 'none', id: 1 });
  });

  it('invents nothing: one property without an example, and there is none of the whole', () => {
    expect(exampleOf({ $ref: '#/components/schemas/Bare' }, SCHEMAS)).toBeUndefined();
    expect(exampleOf({ type: 'array', items: { $ref: '#/components/schemas/Bare' } }, SCHEMAS)).toBeUndefined();
    expect(exampleOf({ type: 'integer' }, SCHEMAS)).toBeUndefined();
  });
});
