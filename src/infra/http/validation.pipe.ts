import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { invalid } from '../../common/domain-error';
import { checkObject, isRequestClass, type InputKind, type RequestClass } from './fields/plan';
import { Refusal } from './fields/refusal';
import { isForm } from './form-body';

/** What TypeScript leaves of a parameter whose type is no class of ours. */
const PLAIN: ReadonlySet<unknown> = new Set([Object, String, Number, Boolean, Array, Buffer]);

/** Turns bodies and queries into their request classes; every fault of the input in one 400. */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type !== 'body' && type !== 'query') return value;
    if (metatype === undefined || PLAIN.has(metatype)) return value;
    if (!isRequestClass(metatype)) throw new Error(`${metatype.name} has no fields, so nothing of it would be checked`);
    return validate(metatype, value, type === 'query' || isForm(value) ? 'form' : 'json');
  }
}

/** For handlers that parse the body themselves. Throws the DomainError that a wrong body is answered with. */
export function validate<T extends object>(requestClass: RequestClass<T>, input: unknown, kind?: InputKind): T {
  const verdict = checkObject(requestClass, input, kind);
  if (verdict instanceof Refusal) throw invalid(verdict.errors as Exclude<typeof verdict.errors, string[]>);
  return verdict;
}
