import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../common/domain-error';

/** What an answer with a version says of it in OpenAPI: `@ApiOkResponse({ type, headers: ETAG_HEADER })`. */
export const ETAG_HEADER = {
  ETag: { description: 'The version, for `If-Match`.', schema: { type: 'string' as const, example: '"1"' } },
};

/** For `@ApiHeader(IF_MATCH_HEADER)`. */
export const IF_MATCH_HEADER = {
  name: 'If-Match',
  required: false,
  description: 'The `ETag` of what was read: 412 when it has been changed since.',
  schema: { type: 'string' as const },
};

const TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

/** `@IfMatch() ifMatch: string | undefined`: the header as it came. */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'],
);

export function etagOf(version: number): string {
  return `"${version}"`;
}

/** Names the version in the answer, and gives the thing back. */
export function tagged<T extends { readonly version: number }>(reply: FastifyReply, thing: T): T {
  void reply.header('etag', etagOf(thing.version));
  return thing;
}

/** Throws 412 where the caller wants to change another version than the present one. Without the header anything goes. */
export function requireMatch(ifMatch: string | undefined, version: number): void {
  if (ifMatch !== undefined && !matches(ifMatch, etagOf(version))) throw preconditionFailed();
}

export const preconditionFailed = () =>
  new DomainError('precondition-failed', 'precondition_failed', 'This has been changed since you read it.');

/**
 * Whether an `If-Match` or `If-None-Match` names this tag. What is no list of tags matches nothing. A weak tag counts as
 * the strong one: ours name versions, not bytes, and a proxy that compresses an answer weakens its tag.
 */
export function matches(value: string, etag: string): boolean {
  const header = value.trim();
  if (header === '*') return true;
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.every((tag) => tag === '' || TAG.test(tag)) && tags.some((tag) => tag.replace('W/', '') === etag);
}
