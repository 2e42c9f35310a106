import { applyDecorators, type Type, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { EncryptedBodyInterceptor } from '../encryption/encrypted-body.interceptor';
import { EncryptedRequest, TokenRequest } from './dto/token.request';
import { EmailAsUsernameInterceptor } from './email-as-username.interceptor';

/** The body of a token route: as it is, or encrypted (R16). */
export function TokenBody(plain: Type<unknown>): MethodDecorator {
  const interceptors =
    plain === TokenRequest ? [EncryptedBodyInterceptor, EmailAsUsernameInterceptor] : [EncryptedBodyInterceptor];
  return applyDecorators(
    UseInterceptors(...interceptors),
    ApiExtraModels(plain, EncryptedRequest),
    ApiBody({ schema: { oneOf: [{ $ref: getSchemaPath(plain) }, { $ref: getSchemaPath(EncryptedRequest) }] } }),
  );
}
