import type { IncomingHttpHeaders } from 'node:http';
import type { DomainError } from '../../common/domain-error';
import type { JsonObject } from '../outbox/fact';

/** A call of a webhook, as it arrived. */
export interface InboundCall {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A call that its source's verifier found genuine. */
export interface GenuineCall<Document = unknown> {
  readonly genuine: true;
  readonly document: Document;
  /** The same for every repeat of one event, and for nothing else. At most 128 characters. */
  readonly eventKey: string;
  /** `secretId` of the secret that verified it. */
  readonly secretId: string;
  /** The instant the sender signed, where it signs one. */
  readonly signedAt: Date | null;
  /** What the call can be found by. */
  readonly terms: readonly string[];
}

export interface RefusedCall {
  readonly genuine: false;
  /** Why, as the inbox keeps it: `signature`, `timestamp`, `malformed`. */
  readonly fault: string;
  /** The answer. */
  readonly error: DomainError;
  /** The answer at greater length, where there is one. Costly: made only for a caller who gets it. */
  readonly explained?: () => DomainError;
  /** Whether it counts as a try at the signature, of which an address has few. A large body always does. */
  readonly counts: boolean;
  readonly terms: readonly string[];
}

export type Verification<Document = unknown> = GenuineCall<Document> | RefusedCall;

/** What a delivery did. */
export interface DeliveryEffect {
  /** For administrators: what it did. */
  readonly effect: JsonObject;
  /** False where everything was so already. */
  readonly changed: boolean;
}

/** What came of a call that waits for its answer. */
export interface DeliveryOutcome extends DeliveryEffect {
  readonly status: number;
  /** The body of the answer. */
  readonly answer: JsonObject;
}

/** Tells genuine calls of a source from others. */
export abstract class SignatureVerifier<Document = unknown> {
  /** Of the secrets in force, newest first. */
  abstract readonly secretIds: readonly string[];
  abstract verify(call: InboundCall): Verification<Document>;
}

/** Does what the genuine calls of a source ask for. */
export abstract class DeliveryProcessor<Document = unknown> {
  /** The document of a body that was found genuine when it arrived. */
  abstract read(body: Buffer): Document;

  /**
   * Runs inside a unit of work, in which the inbox keeps the delivery: repeatable, and idempotent, since the same
   * delivery may be processed again. Throws DomainError where the call can't be granted.
   */
  abstract process(document: Document): Promise<DeliveryOutcome>;
}

/** Does what the calls of a source ask for after they were answered. */
export abstract class DeferredProcessor<Document = unknown> {
  /** The document of a body that was found genuine when it arrived. What it can't read no repetition makes better. */
  abstract read(body: Buffer): Document;

  /**
   * Runs outside of any unit of work, so that it may ask the outside world first; idempotent by what it writes, since a
   * delivery may be processed again at any time, or by two at once. What it throws is kept, and it is tried again.
   */
  abstract process(document: Document): Promise<DeliveryEffect>;

  /** What `process` would change now; changes nothing. */
  abstract preview(document: Document): Promise<DeliveryEffect>;

  /** Whether it may be processed together with others: it says all that has to be known. */
  isComplete(_document: Document): boolean {
    return false;
  }

  /**
   * Does what `process` does with each of them, at once and for less; only with complete ones. All or none: where it
   * throws, nothing is done, and each is processed by itself.
   */
  processTogether(_documents: readonly Document[]): Promise<DeliveryEffect[]> {
    throw new Error('these are processed one by one');
  }
}
