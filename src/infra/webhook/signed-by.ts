import { applyDecorators, UseGuards } from '@nestjs/common';
import { markAccess } from '../../common/access';
import { RawBody } from '../http/raw-body';
import { SignatureGuard } from './signature.guard';

/** Only genuine calls of a registered webhook source come in. They are checked over the raw body, before anything else. */
export function SignedBy(source: string): MethodDecorator {
  return applyDecorators(markAccess({ kind: 'signed-by', source }), RawBody(), UseGuards(SignatureGuard));
}
