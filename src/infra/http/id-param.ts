import { Injectable, type PipeTransform } from '@nestjs/common';
import { notFound } from '../../common/domain-error';

const ID = /^[1-9]\d{0,15}$/;

/** `@Param('id', IdParam) id: number`: what can't be an id names nothing, so it is a 404. */
@Injectable()
export class IdParam implements PipeTransform<string, number> {
  transform(value: string): number {
    const id = ID.test(value) ? Number(value) : NaN;
    if (!Number.isSafeInteger(id)) throw notFound();
    return id;
  }
}
