import { Injectable, type PipeTransform } from '@nestjs/common';

/** memboro's clients send an `email`, some of them without a `username`: it serves as one. */
@Injectable()
export class EmailAsUsernamePipe implements PipeTransform {
  transform(body: unknown): unknown {
    if (typeof body !== 'object' || body === null) return body;
    const { username, email } = body as { username?: unknown; email?: unknown };
    return !username && typeof email === 'string' ? Object.assign(body, { username: email }) : body;
  }
}
