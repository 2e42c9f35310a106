import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { GenuineCall } from './inbound-call';

/** A genuine call with what the inbox keeps of it. */
export interface SignedCall<Document = unknown> extends Omit<GenuineCall<Document>, 'genuine'> {
  readonly source: string;
  /** `keptHeaders` of the request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The part of a request that knows its call; set by the signature guard. */
export interface WithSignedCall {
  signedCall?: SignedCall;
}

/** `@Signed() call: SignedCall`: on a route marked `@SignedBy(...)`. */
export const Signed = createParamDecorator((_: unknown, context: ExecutionContext): SignedCall => {
  const { signedCall } = context.switchToHttp().getRequest<WithSignedCall>();
  if (signedCall === undefined) throw new Error('@Signed() needs a route marked @SignedBy()');
  return signedCall;
});
