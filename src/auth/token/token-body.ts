import {
  applyDecorators,
  type ArgumentMetadata,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type PipeTransform,
  type Type,
} from '@nestjs/common';
import { ApiBody, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { isForm } from '../../infra/http/form-body';
import { validate } from '../../infra/http/validation.pipe';
import { EncryptedBodyPipe } from '../encryption/encrypted-body.pipe';
import { EncryptedRequest } from './dto/token.request';
import { EmailAsUsernamePipe } from './email-as-username.pipe';

const RawBody = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().body,
);

/** What ValidationPipe does with a body; it leaves alone what a decorator of ours brings. */
@Injectable()
class RequestClassPipe implements PipeTransform<unknown, object> {
  transform(body: unknown, { metatype }: ArgumentMetadata): object {
    return validate(metatype as Type<object>, body, isForm(body) ? 'form' : 'json');
  }
}

/** Credentials, plain or encrypted. */
export const CredentialsBody = (): ParameterDecorator =>
  RawBody(EncryptedBodyPipe, EmailAsUsernamePipe, RequestClassPipe);

/** A refresh token, plain or encrypted. */
export const RefreshBody = (): ParameterDecorator => RawBody(EncryptedBodyPipe, RequestClassPipe);

/** The same in the OpenAPI document. */
export function ApiTokenBody(plain: Type<unknown>): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(plain, EncryptedRequest),
    ApiBody({ schema: { oneOf: [{ $ref: getSchemaPath(plain) }, { $ref: getSchemaPath(EncryptedRequest) }] } }),
  );
}
