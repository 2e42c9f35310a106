import type { IncomingMessage } from 'node:http';
import type { Pool } from 'pg';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string | string[]>;
}

export interface Call {
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

export type Handler = (pool: Pool, call: Call) => Promise<Answer>;
