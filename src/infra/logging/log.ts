import pino, { type DestinationStream, type Logger as Pino, type LoggerOptions } from 'pino';
import type { Settings } from '../config/settings';
import { readableOutput, standardOutput } from './log-destination';
import { currentRequest } from './request-context';

/** The two kinds of lines: what the code says, and one line per request. */
export interface Log {
  /** Carries the id of the request behind the running code. */
  readonly messages: Pino;
  /** One line per request, whose facts are given in full. */
  readonly requests: Pino;
  /** Writes what is buffered. */
  flush(): void;
}

const OPTIONS: LoggerOptions = {
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  // Errors come prepared: pino's own serializer would not know their type any more.
  serializers: { err: (error: unknown) => error },
  formatters: { level: (label) => ({ level: label }) },
};

let stdout: (DestinationStream & { flush(): void }) | undefined;

export function createLog(settings: Pick<Settings, 'logLevel' | 'isProduction'>, destination?: DestinationStream): Log {
  const level = settings.logLevel;
  const readable = !settings.isProduction && process.stdout.isTTY;
  // One per process: tests build many applications, and each stream would leave a timer and a listener behind.
  const own = destination ?? (stdout ??= readable ? terminal() : standardOutput());
  return {
    messages: pino({ ...OPTIONS, level, mixin: requestFacts }, own),
    requests: pino({ ...OPTIONS, level }, own),
    flush: () => (own === stdout ? stdout.flush() : undefined),
  };
}

function requestFacts(): object {
  const request = currentRequest();
  if (request === undefined) return {};
  return { requestId: request.id, accountId: request.principal?.accountId };
}

function terminal(): DestinationStream & { flush(): void } {
  return { ...readableOutput((text) => process.stdout.write(text)), flush: () => {} };
}
