import { Injectable } from '@nestjs/common';

/** Whether this process is on its way out. Long streams listen to `signal` and end themselves. */
@Injectable()
export class ShutdownService {
  private readonly controller = new AbortController();

  get ending(): boolean {
    return this.controller.signal.aborted;
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** From now on readiness fails and every answer closes its connection. */
  begin(): void {
    this.controller.abort();
  }
}
