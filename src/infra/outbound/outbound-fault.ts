export type OutboundReason = 'url' | 'address' | 'insecure' | 'timeout' | 'connection' | 'answer';

/** A call that had no answer; `message` may be shown to whoever registered the URL. */
export class OutboundFault extends Error {
  override readonly name = 'OutboundFault';

  constructor(
    readonly reason: OutboundReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** What is wrong with the URL itself stays wrong. */
  get isFinal(): boolean {
    return this.reason === 'url' || this.reason === 'insecure' || this.reason === 'address';
  }
}
