import { applyDecorators, UseFilters, UseGuards } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { Fails } from '../docs/fails';
import { extendRouteConfig } from '../http/route-config';
import { badIdempotencyKey, idempotencyKeyInUse, idempotencyKeyReused } from './idempotency.errors';
import { IdempotencyGuard } from './idempotency.guard';
import { ReplayFilter } from './replayed-answer';

const IDEMPOTENCY_KEY_HEADER = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'Any text of your own, best a UUID, new for each request and the same when you try it again: within 24 hours the ' +
    'first answer comes back (with `Idempotent-Replayed: true`), and nothing is done twice. 1 to 255 printable ASCII ' +
    'characters.',
  schema: { type: 'string' as const, minLength: 1, maxLength: 255, example: '8e03978e-40d5-43dd-bc93-6894a57f9324' },
};

/**
 * A POST that may be sent again: with the header `Idempotency-Key` it is done once, and the repeats get
 * the first answer (draft-ietf-httpapi-idempotency-key-header). Requests without the header pay nothing. `unhashed`: fields
 * that must leave no trace; what they hold makes no other request.
 */
export function Idempotent({ unhashed = [] }: { readonly unhashed?: readonly string[] } = {}): MethodDecorator {
  return applyDecorators(
    extendRouteConfig({ idempotent: true, ...(unhashed.length > 0 && { unhashed }) }),
    UseGuards(IdempotencyGuard),
    UseFilters(ReplayFilter),
    ApiHeader(IDEMPOTENCY_KEY_HEADER),
    Fails(badIdempotencyKey(), idempotencyKeyInUse(), idempotencyKeyReused()),
  );
}
