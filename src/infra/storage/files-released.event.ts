import type { Fact } from '../outbox/fact';

export type FilesReleasedPayload = { keys: string[] };

/** Nothing names these files any more: told with the change that took the last name away, and so removed after it. */
export class FilesReleased implements Fact {
  static readonly topic = 'files-released';
  readonly topic = FilesReleased.topic;
  readonly payload: FilesReleasedPayload;

  constructor(keys: readonly string[]) {
    this.payload = { keys: [...keys] };
  }
}
