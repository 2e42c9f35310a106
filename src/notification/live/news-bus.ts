/** Carries news between instances. What is lost on the way is found by asking the database now and then: see StreamHub. */
export abstract class NewsBus {
  /** Whether what others tell arrives at the moment. */
  abstract readonly connected: boolean;
  /** Begins to hear what the other instances tell, and resolves when it does, or when that won't be soon. Once. */
  abstract start(heard: (accountIds: readonly number[]) => void): Promise<void>;
  /** Never rejects. */
  abstract publish(accountIds: readonly number[]): Promise<void>;
  abstract close(): Promise<void>;
}

/** Where nothing carries them: instances ask the database. */
export class NoNewsBus extends NewsBus {
  readonly connected = false;

  override async start(): Promise<void> {}

  override async publish(): Promise<void> {}

  override async close(): Promise<void> {}
}
