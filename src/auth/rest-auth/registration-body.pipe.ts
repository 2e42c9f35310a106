import { Injectable, type PipeTransform } from '@nestjs/common';
import { isForm } from '../../infra/http/form-body';
import { validate } from '../../infra/http/validation.pipe';
import { type AnyRegistration, MemboroRegistrationRequest, RegistrationRequest } from './dto/registration.request';

/** Reads a registration by the form that its sender knows, so that faults are named after the fields that were sent. */
@Injectable()
export class RegistrationBodyPipe implements PipeTransform<unknown, AnyRegistration> {
  transform(body: unknown): AnyRegistration {
    const requestClass = isMemboros(body) ? MemboroRegistrationRequest : RegistrationRequest;
    return validate<AnyRegistration>(requestClass, body, isForm(body) ? 'form' : 'json');
  }
}

function isMemboros(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'password' in body && !('password1' in body);
}
