import type { LoggerService } from '@nestjs/common';
import type { Log } from './log';
import { errorForLog, isError, redact, redactText } from './redact';

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** What Nest says of its own wiring at every start: a hundred lines that only its developers read. */
const WIRING: ReadonlySet<unknown> = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** Nest's `Logger` on our log: `new Logger('Context').log('text')` anywhere, also in libraries. */
export class NestLogger implements LoggerService {
  constructor(private readonly log_: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(WIRING.has(rest.at(-1)) ? 'debug' : 'info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest hands a stack over before the context; an Error says more than both. */
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
    this.log_.flush();
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
    this.log_.flush();
  }

  private write(level: Level, message: unknown, rest: unknown[]): void {
    const { messages } = this.log_;
    if (!messages.isLevelEnabled(level)) return;
    const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined;
    const extra = rest.slice(0, context === undefined ? undefined : -1).filter((item) => item !== undefined);
    const error = [message, ...extra].find(isError);
    const stack = extra.find((item): item is string => typeof item === 'string' && item.includes('\n    at '));
    const details = extra.filter((item) => item !== error && item !== stack).map((item) => redact(item));
    messages[level](
      {
        ...(context !== undefined && { context }),
        ...(error !== undefined
          ? { err: errorForLog(error) }
          : stack !== undefined && { err: { stack: redactText(stack) } }),
        ...(details.length > 0 && { details }),
      },
      textOf(message),
    );
  }
}

function textOf(message: unknown): string {
  if (typeof message === 'string') return redactText(message);
  return isError(message) ? redactText(message.message) : JSON.stringify(redact(message));
}
