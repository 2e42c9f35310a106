import { Injectable } from '@nestjs/common';

/** The time as business sees it; its abstract class is the injection token, so that a test can hold time still. */
export abstract class Clock {
  abstract now(): Date;
}

@Injectable()
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
