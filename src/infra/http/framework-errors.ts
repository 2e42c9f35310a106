import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from './fault';
import { presentProblem } from './presenters/problem';
import { sendFault } from './present';
import { requestId } from './request-id';

/** For a URL that can't be read: no route is known, no hook runs. */
export function onFrameworkError(error: { statusCode?: number }, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 400;
  void reply.headers({ 'X-Request-Id': request.id, 'X-Content-Type-Options': 'nosniff' });
  sendFault(reply, 'problem', {
    status: status < 500 ? status : 400,
    code: status === 414 ? 'uri_too_long' : 'bad_url',
    message: status === 414 ? 'A part of the path is too long.' : 'The path is not a valid URL.',
    headers: {},
  });
}

const FAULT_OF_CODE: Readonly<Record<string, readonly [status: number, code: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers_too_large', 'The request headers are too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'too_large', 'Request body is too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request_timeout', 'The request took too long to arrive.'],
};

/** For bytes that are no HTTP request: there is neither request nor reply, only the connection. */
export function onClientError(error: Error & { code?: string }, socket: Socket): void {
  // A connection that is gone hears nothing more, and one in the middle of an answer would misread another.
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
    socket.destroy();
    return;
  }
  const [status, code, message] = FAULT_OF_CODE[error.code ?? ''] ?? [
    400,
    'bad_request',
    'The request is not valid HTTP.',
  ];
  const fault: Fault = { status, code, message, headers: {} };
  const id = requestId({ headers: {} });
  const { contentType, body } = presentProblem(fault, id);
  const text = JSON.stringify(body);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `Content-Type: ${contentType}`,
      `Content-Length: ${Buffer.byteLength(text)}`,
      `X-Request-Id: ${id}`,
      'Connection: close',
      '',
      text,
    ].join('\r\n'),
  );
}

/** As Node's own handler finds it out; there is no public way. */
function isAnswering(socket: Socket & { _httpMessage?: { headersSent: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent ?? false;
}
