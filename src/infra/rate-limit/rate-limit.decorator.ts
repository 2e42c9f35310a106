import 'reflect-metadata';
import type { RatePolicyName } from './rate-limit.policies';

const RATE_LIMIT = 'guildhall:rate-limit';

/** The policy of a route; `none` for probes. Signature routes need none: only their failures are counted. */
export function RateLimit(policy: RatePolicyName | 'none'): MethodDecorator {
  return (_target, _property, descriptor) => {
    Reflect.defineMetadata(RATE_LIMIT, policy, descriptor.value as object);
  };
}

export function policyOf(handler: object): RatePolicyName | 'none' {
  return (Reflect.getMetadata(RATE_LIMIT, handler) as RatePolicyName | 'none' | undefined) ?? 'default';
}
