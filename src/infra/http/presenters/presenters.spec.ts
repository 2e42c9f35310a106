import { DomainError, invalid } from '../../../common/domain-error';
import { faultOf } from '../fault';
import { PRESENTERS } from '../present';
import { methodNotAllowed, parseError, unsupportedMediaType } from '../transport-errors';

const FIELDS = { name: ['This field is required.'], ids: { 2: ['Not a valid string.'] }, non_field_errors: ['No.'] };
const REFUSED = new DomainError('forbidden', 'token_not_valid', 'Not today.', { extra: { until: 'May' } });

const shown = (envelope: keyof typeof PRESENTERS, error: unknown) =>
  PRESENTERS[envelope](faultOf(error), 'request-1').body;

describe('presenters', () => {
  it('show field errors', () => {
    const error = invalid(FIELDS);
    expect(shown('drf', error)).toEqual(FIELDS);
    expect(shown('lernito', error)).toEqual({ success: false, message: FIELDS });
    expect(shown('plugin', error)).toEqual({ error: 'name: This field is required.' });
    expect(shown('problem', error)).toEqual({
      type: 'urn:guildhall:problem:invalid',
      title: 'Bad Request',
      status: 400,
      detail: 'Invalid input.',
      code: 'invalid',
      errors: [
        { pointer: '#/name', detail: 'This field is required.' },
        { pointer: '#/ids/2', detail: 'Not a valid string.' },
        { pointer: '#', detail: 'No.' },
      ],
      request_id: 'request-1',
    });
  });

  it('escape JSON pointers', () => {
    const error = invalid({ 'a/b~c d%': ['No.'] });
    expect(shown('problem', error)).toMatchObject({ errors: [{ pointer: '#/a~1b~0c%20d%25', detail: 'No.' }] });
  });

  it('show a refusal with its further members', () => {
    expect(shown('drf', REFUSED)).toEqual({ detail: 'Not today.', until: 'May' });
    expect(shown('lernito', REFUSED)).toEqual({ success: false, message: 'Not today.', until: 'May' });
    expect(shown('plugin', REFUSED)).toEqual({ error: 'Not today.', until: 'May' });
    expect(shown('problem', REFUSED)).toMatchObject({
      status: 403,
      code: 'token_not_valid',
      detail: 'Not today.',
      until: 'May',
    });
  });

  it.each([
    ['a body that is no JSON', parseError('x'), 'JSON parse error - x', { error: 'Invalid JSON' }],
    ['a wrong method', methodNotAllowed('GET', ['POST']), 'Method "GET" not allowed.', undefined],
    [
      'a foreign media type',
      unsupportedMediaType('text/plain'),
      'Unsupported media type "text/plain" in request.',
      { error: 'Unsupported media type "text/plain" in request.' },
    ],
  ])('show %s as the old servers did', (_, error, detail, plugin) => {
    expect(shown('drf', error)).toEqual({ detail });
    expect(shown('lernito', error)).toEqual({ detail });
    expect(shown('plugin', error)).toEqual(plugin);
  });

  it('say nothing of an unknown error but the id of its request', () => {
    const error = new Error('select * from account where password = 1');
    expect(shown('drf', error)).toEqual({ detail: 'Internal server error', request_id: 'request-1' });
    expect(shown('lernito', error)).toEqual({
      success: false,
      message: 'Internal server error',
      request_id: 'request-1',
    });
    expect(shown('plugin', error)).toEqual({ error: 'Internal server error', request_id: 'request-1' });
    expect(shown('problem', error)).toEqual({
      type: 'urn:guildhall:problem:error',
      title: 'Internal Server Error',
      status: 500,
      detail: 'Internal server error',
      code: 'error',
      request_id: 'request-1',
    });
  });
});

describe('faults', () => {
  it.each([
    ['a thrown text', 'oops', 500],
    ['nothing at all', undefined, 500],
    ['an error that calls itself a server fault', Object.assign(new Error('x'), { statusCode: 502 }), 500],
    ['an error with a status that is none', Object.assign(new Error('x'), { statusCode: 'high' }), 500],
    ['a client fault of Fastify', Object.assign(new Error('secret'), { statusCode: 400 }), 400],
    ['a lost database', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 503],
    ['a database that shuts down', Object.assign(new Error('x'), { driverError: { code: '57P01' } }), 503],
    ['a missing file', Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open', path: '/x' }), 500],
  ] as const)('%s', (_, error, status) => {
    expect(faultOf(error).status).toBe(status);
  });

  it('never quote what a library said', () => {
    const fault = faultOf(Object.assign(new Error('Unexpected token in "hunter2"'), { statusCode: 400 }));
    expect(fault.message).toBe('Bad Request.');
  });

  it('carry the headers of their kind, which the error may replace', () => {
    expect(faultOf(new DomainError('unauthenticated', 'x', 'x')).headers).toEqual({
      'WWW-Authenticate': 'Bearer realm="api"',
    });
    const own = new DomainError('unauthenticated', 'x', 'x', { headers: { 'WWW-Authenticate': 'Token' } });
    expect(faultOf(own).headers).toEqual({ 'WWW-Authenticate': 'Token' });
    const late = new DomainError('rate-limited', 'x', 'x', { retryAfterSeconds: 9 });
    expect(faultOf(late).headers).toEqual({ 'Retry-After': '9' });
  });
});
