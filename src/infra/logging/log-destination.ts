import pino, { type DestinationStream } from 'pino';

const FLUSH_MS = 200;
const BUFFER_BYTES = 8_192;

/**
 * Standard output, written in batches and beside the event loop: one system call per line would cost more than the
 * lines, and sonic-boom's `flushSync` waits for the disk where standard output is a file. What is buffered is written
 * every 200 ms and when the process ends; what matters most is on its way at once by `flush`.
 */
export function standardOutput(): DestinationStream & { flush(): void } {
  const stream = pino.destination({ dest: 1, sync: false, minLength: BUFFER_BYTES });
  const flush = (): void => stream.flush();
  setInterval(flush, FLUSH_MS).unref();
  process.on('exit', () => stream.flushSync());
  return { write: (line) => stream.write(line), flush };
}

interface Line {
  readonly time: string;
  readonly level: string;
  readonly context?: string;
  readonly msg?: string;
  readonly err?: { readonly stack?: string };
  readonly [name: string]: unknown;
}

/** For a developer's terminal. */
export function readableOutput(write: (text: string) => void): DestinationStream {
  return { write: (line) => write(readable(JSON.parse(line) as Line)) };
}

function readable({ time, level, context, msg, err, pid: _pid, ...rest }: Line): string {
  const facts = Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const parts = [time.slice(11, 23), level.toUpperCase().padEnd(5), context ? `[${context}]` : '', msg ?? '', ...facts];
  return `${parts.filter((part) => part !== '').join(' ')}\n${err?.stack ? `${err.stack}\n` : ''}`;
}
