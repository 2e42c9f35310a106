import { Injectable } from '@nestjs/common';

/** Beyond these a call is asked to come again: its sender does, and nothing is lost. */
@Injectable()
export class InboxLimits {
  /** Calls of an instance that are being kept at one time. The database's connections serve some thousand a second. */
  readonly inFlight: number = 200;
  /** Deliveries that wait for the worker, on all instances. */
  readonly backlog: number = 100_000;
}
