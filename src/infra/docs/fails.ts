import 'reflect-metadata';
import type { DomainError } from '../../common/domain-error';

const FAILURES = 'guildhall:failures';
const UNSAFE_FAILURES = 'guildhall:unsafe-failures';

/**
 * Errors that a route answers, for the OpenAPI document: on a handler, on a controller for all of its handlers, or on
 * a guard for every route it stands before. What follows from a route's body, path, access marker and rate limit is
 * documented without it.
 */
export function Fails(...errors: readonly DomainError[]): ClassDecorator & MethodDecorator {
  return declare(FAILURES, errors);
}

/** The same, of requests that may change something only. */
export function FailsUnsafe(...errors: readonly DomainError[]): ClassDecorator & MethodDecorator {
  return declare(UNSAFE_FAILURES, errors);
}

/** What a handler, a controller or a guard declares, a guard's ancestors among them. */
export function failuresOf(target: object, unsafe: boolean): readonly DomainError[] {
  return [...declared(FAILURES, target), ...(unsafe ? declared(UNSAFE_FAILURES, target) : [])];
}

function declare(key: string, errors: readonly DomainError[]): ClassDecorator & MethodDecorator {
  return (target: object, _property?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const marked = descriptor === undefined ? target : (descriptor.value as object);
    Reflect.defineMetadata(key, [...declared(key, marked), ...errors], marked);
  };
}

function declared(key: string, target: object): readonly DomainError[] {
  return (Reflect.getMetadata(key, target) ?? []) as readonly DomainError[];
}
